package dev.kontor.accounts.register;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

import dev.kontor.accounts.AccountActivated;

/** Tells whoever watches the log that an account has come to life; who the seller is stays out of it. */
@Component
class ActivationLog {

    private static final Logger log = LoggerFactory.getLogger(ActivationLog.class);

    @TransactionalEventListener
    void on(AccountActivated event) {
        log.info(
                "Account {} on {} is active: its orders are followed from now on",
                event.account(),
                event.marketplace());
    }
}
