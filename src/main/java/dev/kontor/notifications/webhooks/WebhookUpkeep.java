package dev.kontor.notifications.webhooks;

import java.time.Clock;
import java.util.Objects;

import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Forgets messages and secrets whose time is over. */
@Component
class WebhookUpkeep {

    private static final int AT_ONCE = 1_000;

    private final Messages messages;
    private final Secrets secrets;
    private final WebhookProperties properties;
    private final TransactionOperations transaction;
    private final Clock clock;

    WebhookUpkeep(
            Messages messages,
            Secrets secrets,
            WebhookProperties properties,
            TransactionOperations transaction,
            Clock clock) {
        this.messages = messages;
        this.secrets = secrets;
        this.properties = properties;
        this.transaction = transaction;
        this.clock = clock;
    }

    void forget() {
        var now = clock.instant();
        secrets.forget(now);
        while (Objects.requireNonNull(transaction.execute(_ -> messages.forget(now.minus(properties.keep()), AT_ONCE)))
                > 0) {
            // each round in a transaction of its own
        }
    }
}
