package dev.kontor.accounts.credentials;

import java.time.Clock;
import java.time.Instant;

import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

import dev.kontor.accounts.credentials.Renewal.Failed;
import dev.kontor.accounts.credentials.Renewal.Refused;
import dev.kontor.accounts.credentials.Renewal.Renewed;
import dev.kontor.accounts.register.AccountRegister;
import dev.kontor.accounts.register.AccountRuns;
import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Connection;
import dev.kontor.marketplaces.Credentials;
import dev.kontor.marketplaces.Lane;
import dev.kontor.marketplaces.Marketplace;
import dev.kontor.marketplaces.Marketplaces;
import dev.kontor.marketplaces.Renewable;
import dev.kontor.marketplaces.Seller;
import dev.kontor.marketplaces.StaticKey;

/** One attempt to exchange an account's credentials for new ones, made by whoever holds the lease. */
@Component
class CredentialRenewal {

    private static final String KIND = "renewal";

    private final AccountRegister register;
    private final CredentialStore store;
    private final OpenedCredentials opened;
    private final Deactivation deactivation;
    private final Marketplaces marketplaces;
    private final RenewalProperties properties;
    private final TransactionOperations transaction;
    private final AccountRuns runs;
    private final Clock clock;

    CredentialRenewal(
            AccountRegister register,
            CredentialStore store,
            OpenedCredentials opened,
            Deactivation deactivation,
            Marketplaces marketplaces,
            RenewalProperties properties,
            TransactionOperations transaction,
            AccountRuns runs,
            Clock clock) {
        this.register = register;
        this.store = store;
        this.opened = opened;
        this.deactivation = deactivation;
        this.marketplaces = marketplaces;
        this.properties = properties;
        this.transaction = transaction;
        this.runs = runs;
        this.clock = clock;
    }

    Renewal attempt(StoredCredentials current) {
        var startedAt = clock.instant();
        var marketplace = marketplaces.get(register.get(current.account()).marketplace());
        return switch (marketplace.authorization(current.kind()).orElse(null)) {
            case Renewable renewable -> {
                store.present(current, startedAt);
                var answer = renewable.renew(current.account().value(), current.credentials());
                yield settle(current, startedAt, answer, renewable);
            }
            case StaticKey ignored -> settle(current, startedAt, marketplace);
            case null, default ->
                refused(current, startedAt, marketplace.displayName() + " is not connected this way any more");
        };
    }

    /** Nothing can take the place of a key, so it is tried once more before it is believed to be dead. */
    private Renewal settle(StoredCredentials current, Instant startedAt, Marketplace marketplace) {
        var connection = new Connection(current.account().value(), current.credentials(), Lane.LIVE_ORDERS);
        var answer = marketplace.seller(connection);
        return switch (answer) {
            case Answer.Unauthorized<Seller>(var reason) -> refused(current, startedAt, reason);
            case Answer.Ok<Seller> ignored ->
                new Failed(new Answer.Unavailable<>("the key was refused once and accepted afterwards"));
            case Answer.Throttled<Seller> ignored -> new Failed(answer);
            case Answer.Unavailable<Seller> ignored -> new Failed(answer);
            case Answer.Malformed<Seller> ignored -> new Failed(answer);
            case Answer.Rejected<Seller> ignored -> new Failed(answer);
        };
    }

    private Renewal settle(
            StoredCredentials current, Instant startedAt, Answer<Credentials> answer, Renewable renewable) {
        return switch (answer) {
            case Answer.Ok<Credentials>(var fresh) -> renewed(current, startedAt, fresh);
            case Answer.Unauthorized<Credentials>(var reason) -> refused(current, startedAt, reason);
            case Answer.Throttled<Credentials>(var until) -> failed(current, startedAt, answer, until);
            case Answer.Unavailable<Credentials> ignored ->
                failed(current, startedAt, answer, afterLostAnswer(current, startedAt, renewable));
            case Answer.Malformed<Credentials> ignored ->
                failed(current, startedAt, answer, afterLostAnswer(current, startedAt, renewable));
            case Answer.Rejected<Credentials> ignored ->
                failed(current, startedAt, answer, clock.instant().plus(properties.lateRetry()));
        };
    }

    /** The marketplace may have taken the old credentials and given new ones that never arrived: no time to lose. */
    private Instant afterLostAnswer(StoredCredentials current, Instant startedAt, Renewable renewable) {
        var first = current.presentedAt() == null ? startedAt : current.presentedAt();
        var now = clock.instant();
        var soon = now.plus(properties.retry());
        var grace = renewable.renewalGrace();
        return grace == null || soon.isBefore(first.plus(grace)) ? soon : now.plus(properties.lateRetry());
    }

    private Renewal renewed(StoredCredentials current, Instant startedAt, Credentials fresh) {
        transaction.executeWithoutResult(status -> {
            var account = register.lock(current.account());
            if (store.isCurrent(current.account(), current.version())) {
                var now = clock.instant();
                store.renew(current.account(), current.kind(), fresh, now);
                register.save(account.remarked(null, now));
                runs.succeeded(current.account(), KIND, startedAt);
            }
        });
        return opened.find(current.account()).<Renewal>map(Renewed::new).orElseGet(Renewal.Gone::new);
    }

    private Renewal refused(StoredCredentials current, Instant startedAt, String reason) {
        return deactivation.refuse(current, startedAt, reason)
                ? new Refused(reason)
                : opened.find(current.account()).<Renewal>map(Renewed::new).orElseGet(Renewal.Gone::new);
    }

    private Renewal failed(StoredCredentials current, Instant startedAt, Answer<?> answer, Instant retryAt) {
        transaction.executeWithoutResult(status -> {
            var account = register.lock(current.account());
            if (!store.isCurrent(current.account(), current.version())) {
                return; // confirmed anew or disconnected meanwhile
            }
            var now = clock.instant();
            register.save(account.remarked(
                    "The last renewal of the credentials failed (" + answer.failure() + "); it is tried again.", now));
            store.postpone(current, retryAt);
            runs.failed(current.account(), KIND, startedAt, answer.failure());
        });
        return new Failed(answer);
    }
}
