package dev.kontor.accounts.authorization;

import java.time.Clock;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.ConnectAccount;
import dev.kontor.accounts.Enrolment;
import dev.kontor.accounts.register.Account;
import dev.kontor.accounts.register.AccountJob;
import dev.kontor.accounts.register.AccountRegister;
import dev.kontor.accounts.register.RequestKey;
import dev.kontor.audit.AuditLog;
import dev.kontor.marketplaces.DeviceAuthorization.DeviceCode;
import dev.kontor.marketplaces.Marketplace;
import dev.kontor.marketplaces.Marketplaces;

/** Asks for a code first and stores everything after: what fails before leaves nothing but a code that nobody uses. */
@Component
class AccountEnrolment implements Enrolment {

    private final AccountRegister register;
    private final PendingAuthorizations authorizations;
    private final DeviceCodes codes;
    private final CredentialEntry entry;
    private final AccountJob jobs;
    private final Marketplaces marketplaces;
    private final TransactionOperations transaction;
    private final Clock clock;
    private final AuditLog audit;

    AccountEnrolment(
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

    @Override
    public Outcome connect(ConnectAccount command) {
        var marketplace = marketplaces.find(command.marketplace());
        if (marketplace.isEmpty()) {
            return new Outcome.UnknownMarketplace(marketplaces.all().stream()
                    .map(known -> known.code().value())
                    .toList());
        }
        var key = command.requestKey() == null ? null : RequestKey.of(command.requestKey(), command);
        return key == null
                ? begin(command, marketplace.get(), null)
                : register.findRequest(key.key())
                        .map(use -> repeated(use, key))
                        .orElseGet(() -> begin(command, marketplace.get(), key));
    }

    private Outcome begin(ConnectAccount command, Marketplace marketplace, @Nullable RequestKey key) {
        var entered = command.entered();
        if (entered == null) {
            return beginCode(command, marketplace, key);
        }
        var outcome = entry.connect(marketplace, command, entered, key);
        return outcome == null ? sameRequest(key) : outcome;
    }

    private Outcome beginCode(ConnectAccount command, Marketplace marketplace, @Nullable RequestKey key) {
        var id = new AccountId(UUID.randomUUID());
        return switch (codes.ask(marketplace, id)) {
            case DeviceCodes.Reply.Given(var code) -> store(id, command, code, key);
            case DeviceCodes.Reply.Unreachable(var reason, var retryAt) -> new Outcome.Unreachable(reason, retryAt);
            case DeviceCodes.Reply.Declined(var reason) -> new Outcome.Declined(reason);
        };
    }

    private Outcome store(AccountId id, ConnectAccount command, DeviceCode code, @Nullable RequestKey key) {
        var now = clock.instant();
        var account = Account.fresh(id, command.name(), command.marketplace(), command.owner(), now);
        var added = transaction.execute(status -> {
            if (!register.add(account, key)) {
                return false;
            }
            var pending = PendingAuthorization.begun(id, code, now);
            authorizations.replace(pending);
            jobs.plan(AuthorizationSchedule.NAME, id, pending.pollAt());
            audit.record(CredentialEntry.added(account));
            return true;
        });
        return Boolean.TRUE.equals(added)
                ? new Outcome.Begun(id, new Confirmation(code.link(), code.userCode(), code.expiresAt()))
                : sameRequest(key);
    }

    /** It came twice at the same time. */
    private Outcome sameRequest(@Nullable RequestKey key) {
        if (key == null) {
            throw new IllegalStateException("a request without a key was taken for a repeated one");
        }
        return register.findRequest(key.key()).map(use -> repeated(use, key)).orElseThrow();
    }

    private Outcome repeated(RequestKey.Use use, RequestKey key) {
        if (!use.key().sameRequestAs(key)) {
            return new Outcome.KeyReused();
        }
        var confirmation = authorizations
                .find(use.account())
                .map(PendingAuthorization::code)
                .map(code -> new Confirmation(code.link(), code.userCode(), code.expiresAt()));
        return new Outcome.Begun(use.account(), confirmation.orElse(null));
    }
}
