package dev.kontor.sandbox.http;

import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicIntegerArray;

import org.jspecify.annotations.Nullable;

import dev.kontor.sandbox.world.Dice;
import dev.kontor.sandbox.world.Fault;
import dev.kontor.sandbox.world.Faults;

/**
 * The unreliable wire between a client and a marketplace. Whether the n-th request for an address suffers depends on
 * the seed, the address and n alone, so requests in parallel do not disturb each other's fate.
 */
public final class Wire {

    /** Whoever is asked to answer may be hindered before, and the answer afterwards. */
    public static final Set<Fault> BEFORE = EnumSet.of(
            Fault.TIMEOUT,
            Fault.TOO_MANY_REQUESTS,
            Fault.TOO_MANY_REQUESTS_RETRY_AFTER,
            Fault.SERVER_ERROR,
            Fault.UNAVAILABLE,
            Fault.TOKEN_REVOKED);

    public static final Set<Fault> AFTER = EnumSet.of(Fault.ANSWER_LOST, Fault.TRUNCATED, Fault.SLOW);

    private static final int ADDRESSES = 1 << 16;

    private final long seed;
    private final Faults faults;
    private final Duration timeout;
    private final Duration slowness;
    private final AtomicIntegerArray visits = new AtomicIntegerArray(ADDRESSES);
    private volatile boolean cut;

    public Wire(long seed, Faults faults, Duration timeout, Duration slowness) {
        this.seed = seed;
        this.faults = faults;
        this.timeout = timeout;
        this.slowness = slowness;
    }

    public Duration timeout() {
        return timeout;
    }

    public Duration slowness() {
        return slowness;
    }

    /** One throw of the dice for a request; the kinds of faults share it, so that at most one happens. */
    public long visit(Call call) {
        var address = (call.method() + call.path() + "?" + call.rawQuery()).hashCode();
        var nth = visits.getAndIncrement(address & (ADDRESSES - 1));
        return Dice.hash(seed + address, "wire", nth);
    }

    /** While it is cut, nobody behind it hears anything, and whoever asks is told so by a gateway. */
    public void cut(boolean down) {
        cut = down;
    }

    /** Whether an answer that was begun before still arrives. */
    public boolean cut() {
        return cut;
    }

    public @Nullable Fault of(Collection<Fault> kinds, long visit) {
        if (cut && kinds.contains(Fault.UNAVAILABLE)) {
            return Fault.UNAVAILABLE;
        }
        if (!faults.anyNow(kinds)) {
            return null;
        }
        var current = faults.current();
        var share = Dice.share(visit, kinds == AFTER ? "after" : "before", 0);
        for (var kind : kinds) {
            share -= current.getOrDefault(kind, 0.0);
            if (share < 0) {
                return kind;
            }
        }
        return null;
    }
}
