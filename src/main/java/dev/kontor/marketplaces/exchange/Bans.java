package dev.kontor.marketplaces.exchange;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.stereotype.Component;

/** Until when nothing may be sent out of a budget. */
@Component
class Bans {

    private final Clock clock;
    private final Map<String, Instant> bans = new ConcurrentHashMap<>();

    Bans(Clock clock) {
        this.clock = clock;
    }

    /** A longer ban is never cut short by a later, shorter one. */
    void add(String key, Instant until) {
        bans.merge(key, until, (known, added) -> known.isAfter(added) ? known : added);
    }

    Optional<Instant> until(String key) {
        return Optional.ofNullable(bans.get(key)).filter(until -> until.isAfter(clock.instant()));
    }
}
