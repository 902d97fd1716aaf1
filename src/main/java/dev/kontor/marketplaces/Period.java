package dev.kontor.marketplaces;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** From {@code from}, inclusive, to {@code to}, exclusive. */
public record Period(Instant from, Instant to) {

    public Period {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("an empty period: " + from + " to " + to);
        }
    }

    /** A calendar day in UTC. */
    public static Period day(LocalDate day) {
        var start = day.atStartOfDay(ZoneOffset.UTC).toInstant();
        return new Period(start, start.plus(Duration.ofDays(1)));
    }

    public boolean contains(Instant instant) {
        return !instant.isBefore(from) && instant.isBefore(to);
    }
}
