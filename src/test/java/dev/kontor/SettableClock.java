package dev.kontor;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** A clock that a test moves. */
public final class SettableClock extends Clock {

    private final Clock base;
    private volatile Duration ahead = Duration.ZERO;

    private SettableClock(Clock base) {
        this.base = base;
    }

    /** Stands still until it is moved. */
    public SettableClock(Instant now) {
        this(Clock.fixed(now, ZoneOffset.UTC));
    }

    /**
     * Stands still a year ahead, so that the running scheduler, which has the real time, leaves every job to the test.
     */
    public static SettableClock aYearAhead() {
        return new SettableClock(Instant.now().plus(Duration.ofDays(365)).truncatedTo(ChronoUnit.SECONDS));
    }

    /** Runs, and jumps when it is moved. */
    public static SettableClock running() {
        return new SettableClock(Clock.systemUTC());
    }

    public synchronized void advance(Duration duration) {
        ahead = ahead.plus(duration);
    }

    @Override
    public Instant instant() {
        return base.instant().plus(ahead);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
