package dev.kontor.marketplaces.exchange;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

import dev.kontor.marketplaces.Lane;

/**
 * One budget that all lanes share. A lane takes a token only while some remain for the lanes above it, so that a higher
 * one finds its token at once while a lower one uses everything that is left over; but each lane has a small share that
 * it gets however busy the higher ones are.
 */
class LanedBudget {

    private static final long RECHECK = TimeUnit.MILLISECONDS.toNanos(50);

    private final Tokens tokens;
    private final Pacer pacer;
    private final List<Queue> queues;

    /** The first of a lane's callers waits for a token, the others wait in order for being the first. */
    private static final class Queue {
        private final ReentrantLock turn = new ReentrantLock(true);
        private final long kept;
        private final LocalTokens ownShare;
        private long owed;

        Queue(long kept, LocalTokens ownShare) {
            this.kept = kept;
            this.ownShare = ownShare;
        }

        /** A call that costs more than one has its rest paid before the next. */
        boolean hasOwn() {
            while (owed > 0 && ownShare.take(1, 0) == 0) {
                owed--;
            }
            return owed == 0 && ownShare.take(1, 0) == 0;
        }
    }

    LanedBudget(Tokens tokens, Limit limit, Pacer pacer) {
        this.tokens = tokens;
        this.pacer = pacer;
        this.queues = Stream.of(Lane.values())
                .map(lane -> new Queue(
                        (long) (limit.burst() * keptAbove(lane)), new LocalTokens(ownShare(limit, lane), pacer)))
                .toList();
    }

    /** Which part of the burst stays untouched for the lanes above. */
    private static double keptAbove(Lane lane) {
        return switch (lane) {
            case STOCK_TO_ZERO -> 0.015; // this little is left to the shares of the lower lanes
            case STOCK_DECREASE -> 0.04;
            case LIVE_ORDERS -> 0.08;
            case STOCK_INCREASE -> 0.14;
            case BACKFILL -> 0.2;
        };
    }

    private static Limit ownShare(Limit limit, Lane lane) {
        var share = switch (lane) {
            case STOCK_TO_ZERO, STOCK_DECREASE, LIVE_ORDERS -> 0.1;
            case STOCK_INCREASE, BACKFILL -> 0.05;
        };
        return new Limit(1, limit.perMinute() * share);
    }

    /** @return 0 when the caller may call, otherwise in how many nanoseconds it may be worth asking again */
    long acquire(Lane lane, long cost, Duration patience) throws InterruptedException {
        var deadline = pacer.currentTimeNanos() + patience.toNanos();
        var queue = queues.get(lane.ordinal());
        if (!queue.turn.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
            return patience.toNanos();
        }
        try {
            while (true) {
                var wait = take(queue, cost);
                if (wait == 0) {
                    return 0;
                }
                if (pacer.currentTimeNanos() + wait > deadline) {
                    return wait;
                }
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                pacer.pause(Math.min(wait, RECHECK));
            }
        } finally {
            queue.turn.unlock();
        }
    }

    private long take(Queue queue, long cost) {
        var wait = tokens.take(cost, queue.kept);
        if (wait == 0) {
            return 0;
        }
        if (!queue.hasOwn()) {
            return wait;
        }
        var waitForAny = tokens.take(cost, 0);
        if (waitForAny == 0) {
            queue.owed = cost - 1;
        } else {
            queue.ownShare.giveBack(1);
        }
        return waitForAny;
    }

    Tokens tokens() {
        return tokens;
    }
}
