package dev.kontor.access.limits;

import java.util.Optional;

import org.springframework.stereotype.Component;

import dev.kontor.access.Caller;
import dev.kontor.access.attempts.Place;

/**
 * Counts requests by address, and by key or user once it is known whose they are. It is a fence against programs that have
 * gone wild, and needs no exact count: with Redis the instances count together, without it each counts for itself, and in
 * no case a request costs a row in the database. What must not be tried twice as often at two instances is counted by
 * {@link dev.kontor.access.attempts.Attempts}.
 */
@Component
public class RequestLimits {

    private final LimitProperties limits;
    private final Buckets buckets;

    RequestLimits(LimitProperties limits, Buckets buckets) {
        this.limits = limits;
        this.buckets = buckets;
    }

    /** One more request from there; empty where none are counted. */
    public Optional<Standing> count(Place place) {
        return count(limits.ofAddresses(), place.text());
    }

    /** One more request by this caller; empty where none are counted. */
    public Optional<Standing> count(Caller caller) {
        return count(limits.of(caller.kind()), caller.id().toString());
    }

    private Optional<Standing> count(Quota quota, String caller) {
        return quota.requests() == 0 ? Optional.empty() : Optional.of(Standing.of(quota, buckets.take(quota, caller)));
    }
}
