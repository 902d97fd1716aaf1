package dev.kontor.sandbox.allegro;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** What Allegro permits the programs of one seller, beside what it permits the program of all sellers. */
final class Allowances {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);

    /** Resources that share a limit. */
    enum Kind {
        EDITS(2_490, 74_700),
        OFFERS(3_500, Long.MAX_VALUE),
        PARTS(7_000, Long.MAX_VALUE),
        QUANTITY_CHANGES(9_000, 250_000),
        COMMANDS(270_000, Long.MAX_VALUE);

        private final long aMinute;
        private final long anHour;

        Kind(long aMinute, long anHour) {
            this.aMinute = aMinute;
            this.anHour = anHour;
        }
    }

    private final boolean limited;
    private final List<List<Allowance>> all;

    Allowances(boolean limited, Clock clock) {
        this.limited = limited;
        this.all = List.of(Kind.values()).stream()
                .map(kind ->
                        List.of(new Allowance(kind.aMinute, MINUTE, clock), new Allowance(kind.anHour, HOUR, clock)))
                .toList();
    }

    void use(Kind kind, int count) throws Problem {
        for (var allowance : all.get(kind.ordinal())) {
            if (limited && !allowance.use(count)) {
                throw Problem.tooManyRequests(false, 0);
            }
        }
    }
}
