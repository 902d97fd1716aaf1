package dev.kontor.orders.backfill;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.kontor.accounts.AccountId;
import dev.kontor.marketplaces.Cursor;
import dev.kontor.marketplaces.Period;

/**
 * How far an account's past was brought in.
 *
 * @param window the part of the period that is being read, null between two of them
 * @param position where to go on in the window, null at its start
 * @param reachedAt every order of the period placed before was read
 * @param read orders read so far
 * @param total orders in the whole period when the backfill began, null where the marketplace does not say
 * @param active time spent, pauses left out
 */
public record BackfillState(
        AccountId account,
        Phase phase,
        Period period,
        @Nullable Period window,
        @Nullable Cursor position,
        Instant reachedAt,
        long read,
        @Nullable Long total,
        Duration active,
        Instant startedAt,
        @Nullable Instant finishedAt,
        long version) {

    public enum Phase {
        RUNNING,
        PAUSED,
        DONE
    }

    boolean begun() {
        return window != null || reachedAt.isAfter(period.from());
    }

    /** 0 to 1; by orders where their number is known, by time otherwise. */
    public double progress() {
        if (phase == Phase.DONE) {
            return 1;
        }
        if (total != null && total > 0) {
            return Math.min(1, (double) read / total);
        }
        var whole = Duration.between(period.from(), period.to()).toMillis();
        return (double) Duration.between(period.from(), reachedAt).toMillis() / whole;
    }

    /** Orders a second while it was at work. */
    public double rate() {
        return active.isZero() ? 0 : read * 1000.0 / active.toMillis();
    }

    /** Null as long as nothing was read. */
    public @Nullable Duration timeLeft() {
        if (phase == Phase.DONE) {
            return Duration.ZERO;
        }
        var progress = progress();
        return progress <= 0 || active.isZero()
                ? null
                : Duration.ofMillis((long) (active.toMillis() * (1 - progress) / progress));
    }
}
