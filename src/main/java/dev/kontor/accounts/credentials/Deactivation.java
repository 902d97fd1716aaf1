package dev.kontor.accounts.credentials;

import java.time.Clock;
import java.time.Instant;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

import dev.kontor.accounts.AccountDeactivated;
import dev.kontor.accounts.AccountDeactivated.Reason;
import dev.kontor.accounts.register.AccountRegister;
import dev.kontor.accounts.register.AccountRuns;
import dev.kontor.accounts.register.AccountState;
import dev.kontor.audit.Act;
import dev.kontor.audit.AuditLog;

/** Stops an account whose credentials the marketplace refuses for good. */
@Component
class Deactivation {

    private static final Logger log = LoggerFactory.getLogger(Deactivation.class);

    private final AccountRegister register;
    private final CredentialStore store;
    private final TransactionOperations transaction;
    private final ApplicationEventPublisher events;
    private final AccountRuns runs;
    private final Clock clock;
    private final AuditLog audit;

    Deactivation(
            AccountRegister register,
            CredentialStore store,
            TransactionOperations transaction,
            ApplicationEventPublisher events,
            AccountRuns runs,
            Clock clock,
            AuditLog audit) {
        this.audit = audit;
        this.register = register;
        this.store = store;
        this.transaction = transaction;
        this.events = events;
        this.runs = runs;
        this.clock = clock;
    }

    /** False when the account has other credentials by now: then the refusal says nothing about it. */
    boolean refuse(StoredCredentials refused, Instant startedAt, String reason) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            var account = register.lock(refused.account());
            if (!store.isCurrent(refused.account(), refused.version())) {
                return false;
            }
            if (account.state().connected()) {
                var now = clock.instant();
                var sentence = "The marketplace no longer accepts the credentials (" + reason
                        + "): the seller must confirm again.";
                register.save(account.in(AccountState.DEACTIVATED, sentence, now));
                events.publishEvent(new AccountDeactivated(account.id(), Reason.REFUSED, now));
                runs.failed(account.id(), "renewal", startedAt, sentence);
                audit.record(Act.of("account.deactivated", "account", account.id())
                        .field("state", account.state(), AccountState.DEACTIVATED));
                log.warn("Account {} was deactivated: {}", account.id(), reason);
            }
            return true;
        }));
    }
}
