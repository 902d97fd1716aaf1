package dev.kontor.accounts.authorization;

import java.time.Clock;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.Enrolment.Confirmation;
import dev.kontor.accounts.Enrolment.Outcome;
import dev.kontor.accounts.EnteredCredentials;
import dev.kontor.accounts.register.AccountJob;
import dev.kontor.accounts.register.AccountRegister;
import dev.kontor.audit.Act;
import dev.kontor.audit.AuditLog;
import dev.kontor.marketplaces.DeviceAuthorization.DeviceCode;
import dev.kontor.marketplaces.Marketplaces;

/**
 * Asks the seller of an existing account for his permission again. What works goes on working until he has confirmed; a
 * code that waits already is replaced.
 */
@Component
public class Reauthorization {

    private final AccountRegister register;
    private final PendingAuthorizations authorizations;
    private final DeviceCodes codes;
    private final CredentialEntry entry;
    private final AccountJob jobs;
    private final Marketplaces marketplaces;
    private final TransactionOperations transaction;
    private final Clock clock;
    private final AuditLog audit;

    Reauthorization(
            AccountRegister register,
            PendingAuthorizations authorizations,
            DeviceCodes codes,
            CredentialEntry entry,
            AccountJob jobs,
            Marketplaces marketplaces,
            TransactionOperations transaction,
            Clock clock,
            AuditLog audit) {
        this.audit = audit;
        this.register = register;
        this.authorizations = authorizations;
        this.codes = codes;
        this.entry = entry;
        this.jobs = jobs;
        this.marketplaces = marketplaces;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** @param entered takes the place of what was entered before; null where he is to confirm a code */
    public Outcome begin(AccountId account, @Nullable EnteredCredentials entered) {
        var marketplace = marketplaces.get(register.get(account).marketplace());
        if (entered != null) {
            return entry.reconnect(marketplace, account, entered);
        }
        return switch (codes.ask(marketplace, account)) {
            case DeviceCodes.Reply.Given(var code) -> store(account, code);
            case DeviceCodes.Reply.Unreachable(var reason, var retryAt) -> new Outcome.Unreachable(reason, retryAt);
            case DeviceCodes.Reply.Declined(var reason) -> new Outcome.Declined(reason);
        };
    }

    private Outcome store(AccountId id, DeviceCode code) {
        transaction.executeWithoutResult(status -> {
            var now = clock.instant();
            var before = register.lock(id);
            var after = before.awaitingConfirmation(now);
            register.save(after);
            audit.record(Act.of("account.confirmation-asked", "account", id)
                    .field("state", before.state(), after.state())
                    .hidden("userCode"));
            var pending = PendingAuthorization.begun(id, code, now);
            authorizations.replace(pending);
            jobs.plan(AuthorizationSchedule.NAME, id, pending.pollAt());
        });
        return new Outcome.Begun(id, new Confirmation(code.link(), code.userCode(), code.expiresAt()));
    }
}
