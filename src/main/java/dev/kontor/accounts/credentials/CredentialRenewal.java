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
import dev.kontor.marketplaces.Capability;
import dev.kontor.marketplaces.Credentials;
import dev.kontor.marketplaces.DeviceAuthorization;
import dev.kontor.marketplaces.Marketplaces;

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
        if (!marketplace.capabilities().has(Capability.CREDENTIAL_RENEWAL)) {
            return refused(current, startedAt, marketplace.displayName() + " does not renew credentials");
        }
        return switch (marketplace.authorization()) {
            case DeviceAuthorization device -> {
                store.present(current, startedAt);
                var answer = device.renew(current.account().value(), current.credentials());
                yield settle(current, startedAt, answer, device);
            }
        };
    }

    private Renewal settle(
            StoredCredentials current, Instant startedAt, Answer<Credentials> answer, DeviceAuthorization device) {
        return switch (answer) {
            case Answer.Ok<Credentials>(var fresh) -> renewed(current, startedAt, fresh);
            case Answer.Unauthorized<Credentials>(var reason) -> refused(current, startedAt, reason);
            case Answer.Throttled<Credentials>(var until) -> failed(current, startedAt, answer, until);
            case Answer.Unavailable<Credentials> ignored ->
                failed(current, startedAt, answer, afterLostAnswer(current, startedAt, device));
            case Answer.Malformed<Credentials> ignored ->
                failed(current, startedAt, answer, afterLostAnswer(current, startedAt, device));
            case Answer.Rejected<Credentials> ignored ->
                failed(current, startedAt, answer, clock.instant().plus(properties.lateRetry()));
        };
    }

    /** The marketplace may have taken the old credentials and given new ones that never arrived: no time to lose. */
    private Instant afterLostAnswer(StoredCredentials current, Instant startedAt, DeviceAuthorization device) {
        var first = current.presentedAt() == null ? startedAt : current.presentedAt();
        var now = clock.instant();
        var soon = now.plus(properties.retry());
        return soon.isBefore(first.plus(device.renewalGrace())) ? soon : now.plus(properties.lateRetry());
    }

    private Renewal renewed(StoredCredentials current, Instant startedAt, Credentials fresh) {
        transaction.executeWithoutResult(status -> {
            var account = register.lock(current.account());
            if (store.isCurrent(current.account(), current.version())) {
                var now = clock.instant();
                store.put(current.account(), fresh, now);
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
