package dev.kontor.orders.feed;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.kontor.accounts.AccountId;

/** Counts how often a feed was held up at the same place. Each instance counts for itself, which is enough. */
class Patience {

    private static final int TRIES = 5;

    private final Map<AccountId, Held> held = new ConcurrentHashMap<>();

    private record Held(long version, int times) {}

    void lost(FeedState at) {
        held.merge(
                at.account(),
                new Held(at.version(), 1),
                (before, now) -> before.version() == now.version() ? new Held(now.version(), before.times() + 1) : now);
    }

    boolean isOver(FeedState at) {
        var before = held.get(at.account());
        return before != null && before.version() == at.version() && before.times() >= TRIES;
    }
}
