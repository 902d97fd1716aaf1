package dev.kontor.sandbox.amazon;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import dev.kontor.sandbox.amazon.Purchase.Part;
import dev.kontor.sandbox.world.Deed;
import dev.kontor.sandbox.world.Dice;

/**
 * The seller's orders by key. Keys below {@link #EXTRA} are the story's own, in order of time; those from there on were
 * added by hand. Everything but the time, and perhaps the goods, of an added one is a function of seed and key.
 */
final class Purchases {

    static final int EXTRA = 1 << 27;

    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;

    private final AmazonStory story;
    private final long start;
    private final List<Deed.AmazonBought> added = new ArrayList<>();
    private final Map<Integer, List<Part>> baskets = new ConcurrentHashMap<>();

    Purchases(AmazonStory story, long start) {
        this.story = story;
        this.start = start;
    }

    synchronized void add(Deed.AmazonBought bought) {
        for (var each = 0; each < bought.count(); each++) {
            added.add(bought);
        }
    }

    synchronized int added() {
        return added.size();
    }

    private synchronized Deed.AmazonBought added(int key) {
        return added.get(key - EXTRA);
    }

    /** All that were begun until then. */
    IntStream until(long now) {
        var own = IntStream.iterate(0, key -> createdAt(key) <= now, key -> key + 1);
        var extra = IntStream.range(EXTRA, EXTRA + added()).filter(key -> createdAt(key) <= now);
        return IntStream.concat(own, extra).filter(this::happened);
    }

    /** Whoever found nothing has not bought. */
    private boolean happened(int key) {
        var basket = baskets.get(key);
        return basket == null || !basket.isEmpty();
    }

    /** What the buyer of a live order found, in place of what he was looking for. */
    void found(int key, List<Part> basket) {
        baskets.put(key, List.copyOf(basket));
    }

    /** Null for the orders of the past, which found everything. */
    @Nullable
    List<Part> basket(int key) {
        return baskets.get(key);
    }

    String id(int key) {
        var hash = Dice.hash(story.seed(), "amazon order", key);
        return "%03d-%07d-%07d"
                .formatted(
                        300 + Math.floorMod(hash, 9),
                        Math.floorMod(hash >> 8, 10_000_000),
                        Math.floorMod(hash >> 32, 10_000_000));
    }

    /** Null if no order has that id. */
    @Nullable
    Integer key(String id, long now) {
        return until(now).filter(key -> id(key).equals(id)).boxed().findFirst().orElse(null);
    }

    long createdAt(int key) {
        if (key >= EXTRA) {
            return added(key).at();
        }
        var place = key + Dice.share(story.seed(), "amazon created", key);
        if (key < story.orders()) {
            var span = TimeUnit.DAYS.toMillis(story.days());
            return start - span + (long) (place * span / story.orders());
        }
        return story.liveOrdersPerMinute() == 0
                ? Long.MAX_VALUE
                : start + (long) ((place - story.orders()) * MINUTE / story.liveOrdersPerMinute());
    }

    /** With its whole life, also what lies ahead. */
    Purchase purchase(int key) {
        var dice = Dice.of(story.seed(), "amazon purchase", key);
        var marketplaces = story.marketplaces();
        var marketplace = dice.chance(0.8) ? marketplaces.getFirst() : marketplaces.getLast();
        var wanted = parts(key, dice);
        var fba = byHand(key) ? fbaByHand(key) : dice.chance(story.fba());
        var basket = baskets.get(key);
        var parts = basket == null || basket.isEmpty() ? wanted : basket;
        return new Purchase(key, marketplace, fba, parts, new Life(key, fba, parts).steps());
    }

    /** Whether somebody has said what is bought. */
    boolean byHand(int key) {
        return key >= EXTRA && added(key).ware() != null;
    }

    private boolean fbaByHand(int key) {
        return added(key).ware() instanceof Integer ware && ware >= story.catalog();
    }

    private List<Part> parts(int key, Dice dice) {
        if (key >= EXTRA && added(key).ware() instanceof Integer ware) {
            var quantity = added(key).quantity();
            return List.of(new Part(ware % story.catalog(), quantity == null ? 1 : quantity));
        }
        var parts = new ArrayList<Part>();
        var count = dice.chance(0.75) ? 1 : dice.between(2, 3);
        for (var index = 0; index < count; index++) {
            var goods = dice.below(story.catalog());
            var quantity = dice.chance(0.8) ? 1 : dice.between(2, 4);
            if (parts.stream().noneMatch(part -> part.goods() == goods)) {
                parts.add(new Part(goods, quantity));
            }
        }
        return parts;
    }

    /** Throws the dice for one life; live orders hurry by the story's pace. */
    private final class Life {
        private final List<Step> steps = new ArrayList<>(5);
        private final Dice dice;
        private final double pace;
        private final boolean own;
        private final boolean fba;
        private final int first;
        private long at;

        Life(int key, boolean fba, List<Part> parts) {
            this.dice = Dice.of(story.seed(), "amazon life", key);
            this.pace = key < story.orders() ? 1 : story.livePace();
            this.own = key < EXTRA;
            this.fba = fba;
            this.first = parts.getFirst().quantity();
            this.at = createdAt(key);
        }

        List<Step> steps() {
            add(0, 0, Step.PENDING, 0, false);
            if (own && dice.chance(0.04)) {
                return add(10 * MINUTE, 20 * HOUR, Step.CANCELLED, 0, false); // the payment failed
            }
            add(MINUTE, 40 * MINUTE, Step.UNSHIPPED, 0, false);
            if (own && dice.chance(0.04)) {
                return add(10 * MINUTE, 20 * HOUR, Step.CANCELLED, 0, false);
            }
            if (!fba && first > 1 && dice.chance(0.3)) {
                add(2 * HOUR, 20 * HOUR, Step.PARTIALLY_SHIPPED, 1, false);
            }
            add(4 * HOUR, 48 * HOUR, Step.SHIPPED, first, false);
            return fba ? steps : add(20 * HOUR, 96 * HOUR, Step.SHIPPED, first, true);
        }

        private List<Step> add(long shortest, long longest, String status, int shipped, boolean delivered) {
            at += steps.isEmpty() ? 0 : Math.max(1, (long) (dice.delay(shortest, longest) / pace));
            steps.add(new Step(at, status, shipped, delivered));
            return steps;
        }
    }
}
