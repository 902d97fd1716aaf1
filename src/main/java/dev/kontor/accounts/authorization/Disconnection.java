package dev.kontor.accounts.authorization;

import java.time.Clock;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

import dev.kontor.accounts.AccountDeactivated;
import dev.kontor.accounts.AccountDeactivated.Reason;
import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.credentials.Safekeeping;
import dev.kontor.accounts.register.AccountRegister;
import dev.kontor.accounts.register.AccountState;
import dev.kontor.audit.Act;
import dev.kontor.audit.AuditLog;

/** Gives a permission up: the credentials are destroyed, the account and all that was archived by it stay. */
@Component
public class Disconnection {

    private final AccountRegister register;
    private final PendingAuthorizations authorizations;
    private final Safekeeping safekeeping;
    private final TransactionOperations transaction;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final AuditLog audit;

    Disconnection(
            AccountRegister register,
            PendingAuthorizations authorizations,
            Safekeeping safekeeping,
            TransactionOperations transaction,
            ApplicationEventPublisher events,
            Clock clock,
            AuditLog audit) {
        this.audit = audit;
        this.register = register;
        this.authorizations = authorizations;
        this.safekeeping = safekeeping;
        this.transaction = transaction;
        this.events = events;
        this.clock = clock;
    }

    public void disconnect(AccountId id) {
        transaction.executeWithoutResult(status -> {
            var account = register.lock(id);
            authorizations.remove(id);
            safekeeping.destroy(id);
            if (account.state() != AccountState.DISCONNECTED) {
                var now = clock.instant();
                register.save(account.in(AccountState.DISCONNECTED, "Disconnected by its owner.", now));
                events.publishEvent(new AccountDeactivated(id, Reason.DISCONNECTED, now));
                audit.record(Act.of("account.disconnected", "account", id)
                        .field("state", account.state(), AccountState.DISCONNECTED)
                        .hidden("credentials"));
            }
        });
    }
}
