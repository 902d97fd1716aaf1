package dev.kontor.accounts.credentials;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.LockSupport;

import org.springframework.stereotype.Component;

import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.register.AccountLeases;
import dev.kontor.marketplaces.Answer;

/**
 * Makes many wishes for newer credentials one renewal. Within an instance the wishes share one future; among instances a
 * lease decides, and who does not get it waits for what its holder commits.
 */
@Component
class RenewalFlight {

    private static final Duration LOOK = Duration.ofMillis(50);

    private record Wish(AccountId account, long version) {}

    private final ConcurrentMap<Wish, CompletableFuture<Renewal>> flights = new ConcurrentHashMap<>();
    private final OpenedCredentials opened;
    private final CredentialRenewal renewal;
    private final AccountLeases leases;
    private final RenewalProperties properties;
    private final Clock clock;

    RenewalFlight(
            OpenedCredentials opened,
            CredentialRenewal renewal,
            AccountLeases leases,
            RenewalProperties properties,
            Clock clock) {
        this.opened = opened;
        this.renewal = renewal;
        this.leases = leases;
        this.properties = properties;
        this.clock = clock;
    }

    /** Credentials newer than {@code version}. */
    Renewal newerThan(AccountId account, long version) {
        var wish = new Wish(account, version);
        var mine = new CompletableFuture<Renewal>();
        var flying = flights.putIfAbsent(wish, mine);
        return flying == null ? lead(wish, mine) : follow(flying);
    }

    private Renewal lead(Wish wish, CompletableFuture<Renewal> mine) {
        try {
            var outcome = renew(wish);
            mine.complete(outcome);
            return outcome;
        } catch (RuntimeException | Error e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            flights.remove(wish, mine);
        }
    }

    private static Renewal follow(CompletableFuture<Renewal> flying) {
        try {
            return flying.join();
        } catch (CompletionException e) {
            throw new IllegalStateException("the renewal that this call shared has failed", e.getCause());
        }
    }

    private Renewal renew(Wish wish) {
        var patience = properties.lease().plusSeconds(5).toNanos();
        for (var began = System.nanoTime();
                System.nanoTime() - began < patience;
                LockSupport.parkNanos(LOOK.toNanos())) {
            var settled = settled(wish).or(() -> underLease(wish));
            if (settled.isPresent()) {
                return settled.get();
            }
        }
        return new Renewal.Failed(new Answer.Unavailable<>("another instance has been renewing for too long"));
    }

    private Optional<Renewal> underLease(Wish wish) {
        return leases.take(wish.account(), "renewal", properties.lease()).map(lease -> {
            try (lease) { // only now is it certain that nobody else is about to change what is read
                return settled(wish).orElseGet(() -> attempt(wish));
            }
        });
    }

    private Renewal attempt(Wish wish) {
        return opened.find(wish.account()).map(this::attempt).orElseGet(Renewal.Gone::new);
    }

    /** What has expired was due before; where it is due later, a renewal has failed, and the marketplace is left alone until then. */
    private Renewal attempt(StoredCredentials current) {
        var now = clock.instant();
        var renewAt = current.renewAt();
        return renewAt != null && renewAt.isAfter(now) && current.expiredAt(now)
                ? new Renewal.Failed(new Answer.Throttled<>(renewAt))
                : renewal.attempt(current);
    }

    private Optional<Renewal> settled(Wish wish) {
        var current = opened.find(wish.account());
        if (current.isEmpty()) {
            return Optional.of(new Renewal.Gone());
        }
        return current.filter(found -> found.version() != wish.version()).map(Renewal.Renewed::new);
    }
}
