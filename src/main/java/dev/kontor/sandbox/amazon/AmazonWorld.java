package dev.kontor.sandbox.amazon;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import dev.kontor.sandbox.world.Deed;
import dev.kontor.sandbox.world.Dice;
import dev.kontor.sandbox.world.Fault;
import dev.kontor.sandbox.world.Faults;
import dev.kontor.sandbox.world.Goods;
import dev.kontor.sandbox.world.Journal;
import dev.kontor.sandbox.world.Person;
import dev.kontor.sandbox.world.SandboxClock;

/** Everything this Amazon remembers; it changes by deeds alone, which are written down before they are told. */
final class AmazonWorld {

    private static final List<Fault> BAD = List.of(Fault.MALFORMED, Fault.UNKNOWN_STATUS, Fault.UNKNOWN_FIELD);
    private static final long LATE_MILLIS = 30 * 60_000L;
    private static final long REORDERED_MILLIS = 30_000;

    private final AmazonRules rules;
    private final AmazonStory story;
    private final SandboxClock clock;
    private final Journal journal;
    private final Faults faults;
    private final Purchases purchases;
    private final OrderDocument documents;
    private final Set<Integer> repaired = ConcurrentHashMap.newKeySet();
    private final Shelf shelf;
    private volatile int generation;

    /** The past's purchases are gone from the shelf already. */
    private int nextBuyer;

    AmazonWorld(
            AmazonRules rules,
            AmazonStory story,
            long start,
            IntFunction<Goods> goods,
            IntFunction<Person> people,
            SandboxClock clock,
            Journal journal,
            Faults faults) {
        this.rules = rules;
        this.story = story;
        this.clock = clock;
        this.journal = journal;
        this.faults = faults;
        this.purchases = new Purchases(story, start);
        this.documents = new OrderDocument(story, purchases, goods, people);
        this.shelf = new Shelf(story, rules, goods, faults);
        this.nextBuyer = story.orders();
    }

    synchronized <D extends Deed.OfAmazon> void happen(LongFunction<D> deed) {
        var done = deed.apply(now());
        journal.write(done);
        apply(done);
    }

    synchronized void apply(Deed.OfAmazon deed) {
        switch (deed) {
            case Deed.AmazonBought bought -> {
                advanceTo(bought.at());
                var first = Purchases.EXTRA + purchases.added();
                purchases.add(bought);
                IntStream.range(first, first + bought.count()).forEach(this::take);
            }
            case Deed.AmazonRepaired(var order) -> repaired.add(order);
            case Deed.AmazonRevoked() -> generation++;
            case Deed.AmazonShown shown -> {
                advanceTo(shown.at());
                shelf.show(shown);
            }
            case Deed.AmazonRemoved removed -> {
                advanceTo(removed.at());
                shelf.remove(removed);
            }
            case Deed.AmazonPatched patched -> {
                advanceTo(patched.at());
                shelf.patch(patched);
            }
            case Deed.AmazonFed fed -> {
                advanceTo(fed.at());
                shelf.feed(fed);
            }
        }
    }

    /** Lets the story's buyers come in their turn. */
    private void advanceTo(long instant) {
        while (purchases.createdAt(nextBuyer) <= instant) {
            take(nextBuyer++);
        }
        shelf.advanceTo(instant);
    }

    private void take(int key) {
        var wanted = purchases.purchase(key);
        purchases.found(key, shelf.sell(wanted.parts(), wanted.fba(), purchases.byHand(key), wanted.createdAt()));
    }

    /** Now, with everything having happened that has to until then. */
    synchronized long moment() {
        var now = now();
        advanceTo(now);
        return now;
    }

    /** What is listed, as it is now. */
    synchronized List<Shelf.Seen> listings() {
        advanceTo(now());
        return shelf.seen();
    }

    synchronized Shelf.@Nullable Seen listing(String sku) {
        advanceTo(now());
        return shelf.seen(sku);
    }

    synchronized @Nullable Feed feed(String id) {
        advanceTo(now());
        return shelf.feed(id);
    }

    /** For what does not change as time passes. */
    Shelf shelf() {
        return shelf;
    }

    long now() {
        return clock.now();
    }

    /** Milliseconds for the life of tokens and the filling of buckets. */
    long wall() {
        return clock.wall();
    }

    AmazonRules rules() {
        return rules;
    }

    AmazonStory story() {
        return story;
    }

    Purchases purchases() {
        return purchases;
    }

    /** Every order as it truly is, also those that nobody is told of. */
    Stream<Purchase> all() {
        var now = moment();
        return purchases.until(now).mapToObj(key -> fresh(key, now));
    }

    private Purchase fresh(int key, long now) {
        var purchase = purchases.purchase(key);
        var reached =
                (int) purchase.steps().stream().filter(step -> step.at() <= now).count();
        return purchase.until(Math.max(1, reached));
    }

    @Nullable
    Purchase fresh(String id) {
        var now = moment();
        var key = purchases.key(id, now);
        return key == null ? null : fresh(key, now);
    }

    /** The order as a search knows it, which is a little behind; null while it knows none. */
    @Nullable
    Purchase searched(int key, long now) {
        var purchase = purchases.purchase(key);
        for (var index = purchase.steps().size() - 1; index >= 0; index--) {
            var at = purchase.steps().get(index).at();
            if (at <= now && at + story.delay() + late(key * 16L + index, at) <= now) {
                return purchase.until(index + 1);
            }
        }
        return null;
    }

    private long late(long place, long at) {
        return (happens(Fault.REORDERED_EVENT, place, at) ? REORDERED_MILLIS : 0)
                + (happens(Fault.LATE_EVENT, place, at)
                        ? (long) (Dice.share(story.seed(), "amazon late", place) * LATE_MILLIS)
                        : 0);
    }

    boolean toldTwice(Purchase purchase) {
        return happens(
                Fault.DUPLICATE_EVENT,
                purchase.key() * 16L + purchase.steps().size(),
                purchase.now().at());
    }

    /** A fault of the story belongs to a place in it and the moment at which it happened. */
    boolean happens(Fault fault, long place, long at) {
        var probability = faults.probability(fault, at);
        return probability > 0 && Dice.share(story.seed(), "amazon " + fault, place) < probability;
    }

    @Nullable
    Fault badness(int key) {
        return repaired.contains(key)
                ? null
                : BAD.stream()
                        .filter(fault -> happens(fault, key, purchases.createdAt(key)))
                        .findFirst()
                        .orElse(null);
    }

    /** What a notification tells of an order's goods. */
    void announce(ArrayNode items, Purchase purchase) {
        documents.announce(items, purchase);
    }

    /** The document as it should be. */
    ObjectNode trueDocument(Purchase purchase) {
        return documents.of(purchase);
    }

    /** The document as Amazon tells it, which may be in a bad state. */
    ObjectNode document(Purchase purchase) {
        var document = documents.of(purchase);
        switch (badness(purchase.key())) {
            case MALFORMED -> malform(document, purchase.key());
            case UNKNOWN_STATUS -> document.withObject("fulfillment").put("fulfillmentStatus", "WAITING_FOR_DRONE");
            case UNKNOWN_FIELD ->
                document.putObject("carbonFootprint").put("grams", 412).put("offset", true);
            case null, default -> {}
        }
        return document;
    }

    private void malform(ObjectNode document, int key) {
        switch ((int) Math.floorMod(Dice.hash(story.seed(), "amazon malformed", key), 3L)) {
            case 0 -> document.putArray("orderItems");
            case 1 -> document.withArray("orderItems").get(0).asObject().put("quantityOrdered", "dwa");
            default -> document.putObject("proceeds").putObject("grandTotal").put("amount", "12,zł");
        }
    }

    /** Another one after the seller took his permission back and gave it again. */
    String refreshToken() {
        return generation == 0 ? rules.refreshToken() : rules.refreshToken() + "-" + generation;
    }
}
