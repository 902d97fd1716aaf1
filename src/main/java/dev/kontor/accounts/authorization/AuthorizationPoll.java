package dev.kontor.accounts.authorization;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import org.springframework.stereotype.Component;

import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.register.AccountLeases;
import dev.kontor.accounts.register.AccountRegister;
import dev.kontor.accounts.register.AccountState;
import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Credentials;
import dev.kontor.marketplaces.DeviceAuthorization;
import dev.kontor.marketplaces.DeviceAuthorization.Decision;
import dev.kontor.marketplaces.Marketplaces;

/**
 * Asks once whether the seller has decided. What it learns is committed before anything else is done, so that it may die
 * anywhere and be run again.
 */
@Component
class AuthorizationPoll {

    private static final Duration SLOWER = Duration.ofSeconds(5); // RFC 8628, section 3.5

    private final AccountRegister register;
    private final PendingAuthorizations authorizations;
    private final Acceptance acceptance;
    private final Marketplaces marketplaces;
    private final AccountLeases leases;
    private final AuthorizationProperties properties;
    private final Clock clock;

    AuthorizationPoll(
            AccountRegister register,
            PendingAuthorizations authorizations,
            Acceptance acceptance,
            Marketplaces marketplaces,
            AccountLeases leases,
            AuthorizationProperties properties,
            Clock clock) {
        this.register = register;
        this.authorizations = authorizations;
        this.acceptance = acceptance;
        this.marketplaces = marketplaces;
        this.leases = leases;
        this.properties = properties;
        this.clock = clock;
    }

    void run(AccountId account) {
        leases.take(account, "authorization", properties.lease()).ifPresent(lease -> {
            try (lease) {
                authorizations.find(account).ifPresent(this::proceed);
            }
        });
    }

    private void proceed(PendingAuthorization pending) {
        if (pending.granted() == null) {
            poll(pending);
        } else {
            acceptance.complete(pending, pending.granted());
        }
    }

    private void poll(PendingAuthorization pending) {
        var account = pending.account();
        var marketplace = marketplaces.get(register.get(account).marketplace());
        var askedAt = clock.instant();
        var answer = marketplace
                .authorization(DeviceAuthorization.class)
                .orElseThrow(() -> new IllegalStateException("a code of " + marketplace.code() + ", which has none"))
                .poll(account.value(), pending.code());
        switch (answer) {
            case Answer.Ok<Decision>(var decision) -> decided(pending, decision, askedAt);
            case Answer.Throttled<Decision>(var until) -> askAgain(pending, askedAt, until);
            case Answer.Unavailable<Decision> ignored -> askAgain(pending, askedAt, askedAt);
            case Answer.Malformed<Decision> ignored -> askAgain(pending, askedAt, askedAt);
            case Answer.Unauthorized<Decision>(var reason) -> refused(pending, reason);
            case Answer.Rejected<Decision>(var code, var reason) -> refused(pending, reason);
        }
    }

    private void decided(PendingAuthorization pending, Decision decision, Instant askedAt) {
        switch (decision) {
            case Decision.Pending() -> askAgain(pending, askedAt, askedAt);
            case Decision.SlowDown() -> askAgain(pending.slowerBy(SLOWER), askedAt, askedAt);
            case Decision.Granted(var credentials) -> granted(pending, credentials);
            case Decision.Refused(var reason) ->
                acceptance.fail(pending, AccountState.REFUSED, "The seller refused the permission (" + reason + ").");
            case Decision.Expired ignored -> expired(pending, askedAt);
        }
    }

    private void granted(PendingAuthorization pending, Credentials credentials) {
        var granted = pending.grantedWith(credentials).pollingAt(clock.instant());
        if (authorizations.save(granted)) {
            acceptance.complete(granted, credentials);
        }
    }

    private void askAgain(PendingAuthorization pending, Instant askedAt, Instant notBefore) {
        if (!askedAt.isBefore(pending.code().expiresAt())) {
            expired(pending, askedAt);
            return;
        }
        var next = clock.instant().plus(pending.code().interval());
        authorizations.save(pending.pollingAt(next.isBefore(notBefore) ? notBefore : next));
    }

    private void refused(PendingAuthorization pending, String reason) {
        acceptance.fail(pending, AccountState.REFUSED, "The marketplace refused the authorization (" + reason + ").");
    }

    private void expired(PendingAuthorization pending, Instant askedAt) {
        var early = askedAt.isBefore(pending.code().expiresAt());
        acceptance.fail(
                pending,
                AccountState.EXPIRED,
                early
                        ? "The marketplace does not know the code any more, as it happens when its answer to the"
                                + " confirmation is lost on the way: the seller must confirm again."
                        : "Nobody confirmed the code in time: the seller must confirm again, with a new one.");
    }
}
