package dev.kontor.accounts.register;

import java.time.Clock;
import java.util.function.LongPredicate;

import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

import dev.kontor.accounts.AccountId;
import dev.kontor.api.PreconditionFailed;
import dev.kontor.audit.Act;
import dev.kontor.audit.AuditLog;

/** Gives an account another name. */
@Component
public class Renaming {

    private final AccountRegister register;
    private final TransactionOperations transaction;
    private final Clock clock;
    private final AuditLog audit;

    Renaming(AccountRegister register, TransactionOperations transaction, Clock clock, AuditLog audit) {
        this.audit = audit;
        this.register = register;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** @param expected accepts the version that the caller has seen */
    public void rename(AccountId id, String name, LongPredicate expected) {
        transaction.executeWithoutResult(status -> {
            var account = register.lock(id);
            if (!expected.test(account.version())) {
                throw new PreconditionFailed("The account was changed since; read it again.");
            }
            if (!account.name().equals(name)) {
                register.save(account.named(name, clock.instant()));
                audit.record(Act.of("account.renamed", "account", id).label("name", account.name(), name));
            }
        });
    }
}
