package dev.kontor.sandbox.allegro;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import dev.kontor.sandbox.world.Dice;
import dev.kontor.sandbox.world.Story;

/**
 * The purchases of one seller's story, by key. Keys below {@link #EXTRA} are the story's own, in order of time; those
 * from there on were added by hand. Everything but the time of an added one is a function of seed and key.
 */
final class Purchases {

    static final int EXTRA = 1 << 27;

    private static final int BLOCK = 4;
    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    private static final long LONGEST_WAIT_FOR_A_MERGE = Duration.ofHours(12).toMillis();

    private final Story story;
    private final Cast cast;
    private final long start;
    private final List<Long> added = new ArrayList<>();
    private final Map<Integer, List<Taken>> baskets = new ConcurrentHashMap<>();
    private final Set<Integer> refused = ConcurrentHashMap.newKeySet();

    /** What a buyer takes of one product; none where he found nothing. */
    record Taken(int product, int quantity) {}

    Purchases(Story story, long start) {
        this.story = story;
        this.cast = new Cast(story);
        this.start = start;
    }

    Story story() {
        return story;
    }

    Cast cast() {
        return cast;
    }

    synchronized int add(long at) {
        added.add(at);
        return EXTRA + added.size() - 1;
    }

    synchronized int added() {
        return added.size();
    }

    /** Whether what is bought was ever on the shelf: the past's is gone already. */
    boolean live(int key) {
        return key >= story.orders();
    }

    /** What the buyer of a live purchase found, in place of what he was looking for. */
    void found(int key, List<Taken> basket) {
        baskets.put(key, List.copyOf(basket));
    }

    /** Null where he found what he wanted. */
    @Nullable
    List<Taken> basket(int key) {
        return baskets.get(key);
    }

    /** The buyer found nothing, so there is no purchase. */
    void refuse(int key) {
        refused.add(key);
    }

    boolean refused(int key) {
        return refused.contains(key);
    }

    long boughtAt(int key) {
        if (key >= EXTRA) {
            synchronized (this) {
                return added.get(key - EXTRA);
            }
        }
        var place = key + Dice.share(story.seed(), "bought", key);
        if (key < story.orders()) {
            return start - story.span() + (long) (place * story.span() / story.orders());
        }
        return story.liveOrdersPerMinute() == 0
                ? Long.MAX_VALUE
                : start + (long) ((place - story.orders()) * MINUTE / story.liveOrdersPerMinute());
    }

    /** Several purchases that the buyer pays as one: the first and the last key; equal for an ordinary purchase. */
    record Group(int first, int last) {
        boolean merged() {
            return first != last;
        }
    }

    Group group(int key) {
        var place = key % BLOCK;
        if (key >= EXTRA || place > 2) {
            return new Group(key, key);
        }
        var first = key - place;
        if (Dice.share(story.seed(), "merge", first) >= story.merges() * BLOCK) {
            return new Group(key, key);
        }
        var last = first + 1 + (int) (Dice.hash(story.seed(), "merge size", first) & 1);
        var near = boughtAt(last) - boughtAt(first) <= LONGEST_WAIT_FOR_A_MERGE;
        return key > last || !near || refused(key) ? new Group(key, key) : withoutRefused(first, last);
    }

    private Group withoutRefused(int first, int last) {
        while (first < last && refused(first)) {
            first++;
        }
        while (last > first && refused(last)) {
            last--;
        }
        return new Group(first, last);
    }

    /** The steps of an order in order of time; an early part of a merge has only its purchase. */
    List<Step> life(int key) {
        var group = group(key);
        var bought = new Step(boughtAt(key), Step.Kind.BOUGHT);
        return key == group.last() ? new Life(bought, key, group.merged()).steps() : List.of(bought);
    }

    /** When the parts of a merge become one, which is when the buyer fills in the form. */
    long mergedAt(Group group) {
        return life(group.last()).get(1).at();
    }

    boolean cashOnDelivery(int key) {
        return Dice.share(story.seed(), "cash on delivery", group(key).last()) < 0.12;
    }

    Buyer buyer(int key) {
        var payer = group(key).last();
        return cast.buyer((int) Long.remainderUnsigned(Dice.hash(story.seed(), "buys", payer), story.buyers()));
    }

    /** Throws the dice for one life; live orders hurry by the story's pace. */
    private final class Life {
        private final List<Step> steps = new ArrayList<>(8);
        private final Dice dice;
        private final double pace;
        private final boolean cash;
        private final boolean merged;
        private long at;

        Life(Step bought, int key, boolean merged) {
            this.dice = Dice.of(story.seed(), "life", key);
            this.pace = key < story.orders() ? 1 : story.livePace();
            this.cash = cashOnDelivery(key);
            this.merged = merged;
            this.at = bought.at();
            steps.add(bought);
        }

        List<Step> steps() {
            if (!merged && dice.chance(0.03)) {
                return dice.chance(0.5)
                        ? after(10 * MINUTE, 20 * HOUR, Step.Kind.BUYER_CANCELLED)
                        : after(5 * DAY, 7 * DAY, Step.Kind.AUTO_CANCELLED);
            }
            after(MINUTE, 3 * HOUR, Step.Kind.FILLED_IN);
            if (!cash && dice.chance(0.04)) {
                return dice.chance(0.4)
                        ? after(10 * MINUTE, 20 * HOUR, Step.Kind.BUYER_CANCELLED)
                        : after(5 * DAY, 7 * DAY, Step.Kind.AUTO_CANCELLED);
            }
            after(cash ? 0 : MINUTE, cash ? 1 : 6 * HOUR, Step.Kind.READY);
            if (dice.chance(0.015)) {
                after(5 * MINUTE, 3 * HOUR, Step.Kind.SURCHARGE_PAID);
            } else if (dice.chance(0.015)) {
                after(5 * MINUTE, 3 * HOUR, Step.Kind.BUYER_MODIFIED);
            }
            if (dice.chance(0.03)) {
                return after(10 * MINUTE, 20 * HOUR, Step.Kind.BUYER_CANCELLED);
            }
            if (dice.chance(0.7)) {
                after(HOUR, 20 * HOUR, Step.Kind.PROCESSING);
            }
            after(4 * HOUR, 48 * HOUR, Step.Kind.SENT);
            return dice.chance(0.97) ? after(DAY, 4 * DAY, Step.Kind.PICKED_UP) : steps;
        }

        private List<Step> after(long shortest, long longest, Step.Kind kind) {
            at += Math.max(1, (long) (dice.delay(shortest, longest) / pace));
            steps.add(new Step(at, kind));
            return steps;
        }
    }
}
