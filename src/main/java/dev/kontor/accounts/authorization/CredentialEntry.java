package dev.kontor.accounts.authorization;

import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.ConnectAccount;
import dev.kontor.accounts.Enrolment.Outcome;
import dev.kontor.accounts.EnteredCredentials;
import dev.kontor.accounts.register.Account;
import dev.kontor.accounts.register.AccountRegister;
import dev.kontor.accounts.register.RequestKey;
import dev.kontor.audit.Act;
import dev.kontor.audit.AuditLog;
import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Connection;
import dev.kontor.marketplaces.Credentials;
import dev.kontor.marketplaces.EnteredAuthorization;
import dev.kontor.marketplaces.Lane;
import dev.kontor.marketplaces.Marketplace;
import dev.kontor.marketplaces.Seller;

/**
 * Takes what a seller entered into use, once the marketplace has accepted it and told whose it is. Where it does not,
 * nothing is stored and nothing changes.
 */
@Component
class CredentialEntry {

    private final AccountRegister register;
    private final PendingAuthorizations authorizations;
    private final Activation activation;
    private final TransactionOperations transaction;
    private final Clock clock;
    private final AuditLog audit;

    CredentialEntry(
            AccountRegister register,
            PendingAuthorizations authorizations,
            Activation activation,
            TransactionOperations transaction,
            Clock clock,
            AuditLog audit) {
        this.audit = audit;
        this.register = register;
        this.authorizations = authorizations;
        this.activation = activation;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** What the marketplace made of an entry. */
    private sealed interface Trial {
        record Accepted(Seller seller, Credentials credentials) implements Trial {}

        record Failed(Outcome.Failed outcome) implements Trial {}
    }

    /** Empty where the request key has made an account in the meantime. */
    @Nullable
    Outcome connect(
            Marketplace marketplace, ConnectAccount command, EnteredCredentials entered, @Nullable RequestKey key) {
        var startedAt = clock.instant();
        var id = new AccountId(UUID.randomUUID());
        return switch (ask(marketplace, id, entered)) {
            case Trial.Failed(var outcome) -> outcome;
            case Trial.Accepted accepted -> {
                var account = Account.fresh(id, command.name(), command.marketplace(), command.owner(), startedAt);
                yield take(accepted, entered, startedAt, () -> add(account, key), account);
            }
        };
    }

    private @Nullable Account add(Account account, @Nullable RequestKey key) {
        if (!register.add(account, key)) {
            return null;
        }
        audit.record(added(account));
        return register.lock(account.id());
    }

    static Act added(Account account) {
        return Act.of("account.added", "account", account.id())
                .label("name", account.name())
                .label("marketplace", account.marketplace().value())
                .field("owner", account.owner());
    }

    Outcome reconnect(Marketplace marketplace, AccountId id, EnteredCredentials entered) {
        var startedAt = clock.instant();
        return switch (ask(marketplace, id, entered)) {
            case Trial.Failed(var outcome) -> outcome;
            case Trial.Accepted accepted -> {
                var outcome = take(accepted, entered, startedAt, () -> register.lock(id), register.get(id));
                yield outcome == null ? new Outcome.Begun(id, null) : outcome;
            }
        };
    }

    /** @param locked adds or finds the account and locks it; null where there is nothing to do any more */
    private @Nullable Outcome take(
            Trial.Accepted accepted,
            EnteredCredentials entered,
            Instant startedAt,
            Supplier<@Nullable Account> locked,
            Account account) {
        try {
            return transaction.<@Nullable Outcome>execute(status -> {
                var current = locked.get();
                if (current == null) {
                    return null;
                }
                var objection = activation.objection(current, accepted.seller());
                if (objection.isPresent()) {
                    status.setRollbackOnly();
                    return new Outcome.Refused(objection.get());
                }
                authorizations.remove(current.id());
                activation.activate(current, accepted.seller(), entered.kind(), accepted.credentials(), startedAt);
                return new Outcome.Begun(current.id(), null);
            });
        } catch (DuplicateKeyException e) { // the same seller was connected by another account at the same time
            return new Outcome.Refused(
                    activation.objection(account, accepted.seller()).orElseThrow(() -> e));
        }
    }

    private static Trial ask(Marketplace marketplace, AccountId account, EnteredCredentials entered) {
        var name = marketplace.displayName();
        if (!(marketplace.authorization(entered.kind()).orElse(null) instanceof EnteredAuthorization way)) {
            return new Trial.Failed(new Outcome.Refused(name + " is not connected that way."));
        }
        var obtained = way.obtain(account.value(), entered.values());
        if (!(obtained instanceof Answer.Ok<Credentials>(var credentials))) {
            return new Trial.Failed(
                    obtained instanceof Answer.Rejected<Credentials>(var code, var reason)
                            ? new Outcome.Declined(name + " refused to begin an authorization (" + reason + ").")
                            : failed(name, obtained));
        }
        var answer = marketplace.seller(new Connection(account.value(), credentials, Lane.LIVE_ORDERS));
        return answer instanceof Answer.Ok<Seller>(var seller)
                ? new Trial.Accepted(seller, credentials)
                : new Trial.Failed(failed(name, answer));
    }

    private static <T> Outcome.Failed failed(String name, Answer<T> answer) {
        return switch (answer) {
            case Answer.Ok<T> ok -> throw new IllegalStateException("a success is no failure");
            case Answer.Throttled<T>(var until) ->
                new Outcome.Unreachable(name + " takes no more requests until " + until + ".", until);
            case Answer.Unavailable<T>(var reason) ->
                new Outcome.Unreachable(name + " cannot be reached (" + reason + ").", null);
            case Answer.Malformed<T>(var reason) ->
                new Outcome.Declined(name + " answered what cannot be understood (" + reason + ").");
            case Answer.Unauthorized<T>(var reason) ->
                new Outcome.Refused(name + " does not accept the credentials (" + reason + ").");
            case Answer.Rejected<T>(var code, var reason) ->
                new Outcome.Refused(name + " does not serve these credentials (" + reason + ").");
        };
    }
}
