package dev.kontor.sandbox.wix;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import dev.kontor.sandbox.world.Dice;

/**
 * The site's orders by key. Keys below {@link #EXTRA} are the story's own, in order of time; those from there on were
 * added by hand. Everything but the time of an added one, and
 * what buyers found of what they wanted, is a function of seed and key.
 */
final class Sales {

    static final int EXTRA = 1 << 27;

    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final String NOT_FULFILLED = "NOT_FULFILLED";

    private final SiteStory story;
    private final long start;
    private final List<Long> added = new ArrayList<>();
    private final Set<Integer> insisting = ConcurrentHashMap.newKeySet();
    private final Set<Integer> refused = ConcurrentHashMap.newKeySet();
    private final Map<Integer, List<Taken>> baskets = new ConcurrentHashMap<>();

    Sales(SiteStory story, long start) {
        this.story = story;
        this.start = start;
    }

    synchronized int add(long at) {
        added.add(at);
        return EXTRA + added.size() - 1;
    }

    synchronized int added() {
        return added.size();
    }

    /** One whose buyer wants nothing else, and keeps it. */
    synchronized int add(long at, Taken wish) {
        var key = add(at);
        baskets.put(key, List.of(wish));
        insisting.add(key);
        return key;
    }

    boolean insisting(int key) {
        return insisting.contains(key);
    }

    /** Whether what is bought was ever on the shelf: the past's is gone already. */
    boolean live(int key) {
        return key >= story.orders();
    }

    /** What the buyer found, or is looking for as long as he has not found anything. */
    List<Taken> basket(int key) {
        var found = baskets.get(key);
        return found == null ? wanted(key) : found;
    }

    private List<Taken> wanted(int key) {
        var dice = Dice.of(story.seed(), "wix basket", key);
        var count = dice.chance(0.7) ? 1 : dice.between(2, 4);
        return IntStream.range(0, count)
                .mapToObj(it -> new Taken(dice.below(story.catalog()), dice.chance(0.75) ? 1 : dice.between(2, 5)))
                .toList();
    }

    /** What is left of the basket; nobody pays for an empty one. */
    void found(int key, List<Taken> taken) {
        var found = taken.stream().filter(it -> it.quantity() > 0).toList();
        if (found.isEmpty()) {
            refused.add(key);
        } else {
            baskets.put(key, found);
        }
    }

    boolean refused(int key) {
        return refused.contains(key);
    }

    /** Whether what was in an order goes back on the shelf when it is cancelled. */
    boolean restocks(int key) {
        return Dice.share(story.seed(), "wix restock", key) < 0.8;
    }

    private synchronized long addedAt(int key) {
        return added.get(key - EXTRA);
    }

    /** All that were begun until then. */
    IntStream until(long now) {
        var own = IntStream.iterate(0, key -> createdAt(key) <= now, key -> key + 1);
        var extra = IntStream.range(EXTRA, EXTRA + added()).filter(key -> createdAt(key) <= now);
        return IntStream.concat(own, extra);
    }

    UUID id(int key) {
        return Dice.uuid(story.seed(), "wix order", key);
    }

    /** Null if no order has that id. */
    @Nullable
    Integer key(String id, long now) {
        return until(now)
                .filter(key -> id(key).toString().equals(id))
                .boxed()
                .findFirst()
                .orElse(null);
    }

    long createdAt(int key) {
        if (key >= EXTRA) {
            return addedAt(key);
        }
        var place = key + Dice.share(story.seed(), "wix created", key);
        if (key < story.orders()) {
            var span = TimeUnit.DAYS.toMillis(story.days());
            return start - span + (long) (place * span / story.orders());
        }
        return story.liveOrdersPerMinute() == 0
                ? Long.MAX_VALUE
                : start + (long) ((place - story.orders()) * MINUTE / story.liveOrdersPerMinute());
    }

    /** The stages of an order in order of time, until its end. */
    List<Stage> life(int key) {
        return new Life(key).stages();
    }

    /** Throws the dice for one life; live orders hurry by the story's pace. */
    private final class Life {
        private final List<Stage> stages = new ArrayList<>(6);
        private final Dice dice;
        private final double pace;
        private final boolean mayBeAbandoned;
        private final boolean insisting;
        private final boolean refused;
        private long at;

        Life(int key) {
            this.dice = Dice.of(story.seed(), "wix life", key);
            this.pace = key < story.orders() ? 1 : story.livePace();
            this.mayBeAbandoned = key < EXTRA;
            this.insisting = insisting(key);
            this.refused = refused(key);
            this.at = createdAt(key);
        }

        List<Stage> stages() {
            var offline = insisting || dice.chance(0.15);
            if (refused) {
                return add(0, 0, "INITIALIZED", "NOT_PAID", NOT_FULFILLED, "ORDER_PLACED");
            }
            if (!offline) {
                add(0, 0, "INITIALIZED", "NOT_PAID", NOT_FULFILLED, "ORDER_PLACED");
                if (mayBeAbandoned && dice.chance(0.05)) {
                    return stages;
                }
                add(5 * SECOND, 90 * SECOND, "APPROVED", "PAID", NOT_FULFILLED, "ORDER_PAID");
            } else {
                add(0, 0, "APPROVED", "NOT_PAID", NOT_FULFILLED, "ORDER_PLACED");
                if (!insisting && dice.chance(0.1)) {
                    return add(HOUR, 20 * HOUR, "CANCELED", "NOT_PAID", NOT_FULFILLED, "ORDER_CANCELED");
                }
                add(10 * MINUTE, 30 * HOUR, "APPROVED", "PAID", NOT_FULFILLED, "ORDER_PAID");
            }
            if (!insisting && dice.chance(0.03)) {
                return add(10 * MINUTE, 20 * HOUR, "CANCELED", "FULLY_REFUNDED", NOT_FULFILLED, "ORDER_CANCELED");
            }
            if (dice.chance(0.1)) {
                add(2 * HOUR, 20 * HOUR, "APPROVED", "PAID", "PARTIALLY_FULFILLED", "ORDER_PARTIALLY_FULFILLED");
            }
            add(4 * HOUR, 48 * HOUR, "APPROVED", "PAID", "FULFILLED", "ORDER_FULFILLED");
            if (dice.chance(0.03)) {
                add(24 * HOUR, 200 * HOUR, "APPROVED", "FULLY_REFUNDED", "FULFILLED", "ORDER_REFUNDED");
            }
            return stages;
        }

        private List<Stage> add(
                long shortest, long longest, String status, String payment, String fulfillment, String activity) {
            at += stages.isEmpty() ? 0 : Math.max(1, (long) (dice.delay(shortest, longest) / pace));
            stages.add(new Stage(at, status, payment, fulfillment, activity));
            return stages;
        }
    }
}
