package dev.kontor.sandbox.http;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Counts requests of one client over the last minute, exact to a tenth of a second, and bans who asks too much. */
public final class RequestWindow {

    private static final int SLOTS = 600;
    private static final long SLOT_MILLIS = 100;

    private final int limit;
    private final long banMillis;
    private final LongSupplier millis;
    private final int[] slots = new int[SLOTS];
    private long newest;
    private int sum;
    private int most;
    private long bannedUntil = Long.MIN_VALUE;

    /** A limit of 0 means that nobody counts for a ban. */
    public RequestWindow(int limit, Duration ban, LongSupplier millis) {
        this.limit = limit;
        this.banMillis = ban.toMillis();
        this.millis = millis;
    }

    /** Counts one request; answers 0 if it is welcome, else the milliseconds until the ban ends. */
    public synchronized long enter() {
        var now = millis.getAsLong();
        forget(now / SLOT_MILLIS);
        slots[(int) (newest % SLOTS)]++;
        sum++;
        most = Math.max(most, sum);
        if (now < bannedUntil) {
            return bannedUntil - now;
        }
        if (limit > 0 && sum > limit) {
            return ban();
        }
        return 0;
    }

    public synchronized long ban() {
        bannedUntil = millis.getAsLong() + banMillis;
        return banMillis;
    }

    public synchronized boolean banned() {
        return millis.getAsLong() < bannedUntil;
    }

    /** The most requests that any minute saw. */
    public synchronized int most() {
        return most;
    }

    private void forget(long slot) {
        if (slot - newest >= SLOTS) {
            java.util.Arrays.fill(slots, 0);
            sum = 0;
            newest = slot;
        }
        while (newest < slot) {
            newest++;
            var index = (int) (newest % SLOTS);
            sum -= slots[index];
            slots[index] = 0;
        }
    }
}
