package dev.kontor.sandbox.wix;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.ObjectNode;

import dev.kontor.sandbox.world.Deed;
import dev.kontor.sandbox.world.Dice;
import dev.kontor.sandbox.world.Fault;
import dev.kontor.sandbox.world.Faults;
import dev.kontor.sandbox.world.Goods;
import dev.kontor.sandbox.world.Journal;
import dev.kontor.sandbox.world.Person;
import dev.kontor.sandbox.world.SandboxClock;

/** Everything this site remembers; it changes by deeds alone, which are written down before they are told. */
final class SiteWorld {

    private static final List<Fault> BAD = List.of(Fault.MALFORMED, Fault.UNKNOWN_STATUS, Fault.UNKNOWN_FIELD);
    private static final long LATE_MILLIS = 30 * 60_000L;
    private static final long REORDERED_MILLIS = 30_000;

    private final SiteRules rules;
    private final SiteStory story;
    private final SandboxClock clock;
    private final Journal journal;
    private final Faults faults;
    private final Sales sales;
    private final OrderDocument documents;
    private final Set<Integer> repaired = ConcurrentHashMap.newKeySet();
    private volatile int generation;
    private volatile String catalog;

    SiteWorld(
            SiteRules rules,
            SiteStory story,
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
        this.sales = new Sales(story, start);
        this.documents = new OrderDocument(story, sales, goods, people);
        this.catalog = rules.catalog();
    }

    synchronized <D extends Deed.OfWix> void happen(LongFunction<D> deed) {
        var done = deed.apply(now());
        journal.write(done);
        apply(done);
    }

    synchronized void apply(Deed.OfWix deed) {
        switch (deed) {
            case Deed.WixBought(var at, var count) -> IntStream.range(0, count).forEach(it -> sales.add(at));
            case Deed.WixRepaired(var order) -> repaired.add(order);
            case Deed.WixRevoked() -> generation++;
            case Deed.WixCatalogMoved(var version) -> catalog = version;
        }
    }

    long now() {
        return clock.now();
    }

    /** Milliseconds for the life of tokens. */
    long wall() {
        return clock.wall();
    }

    long seed() {
        return story.seed();
    }

    SiteRules rules() {
        return rules;
    }

    Sales sales() {
        return sales;
    }

    String catalog() {
        return catalog;
    }

    /** The app's instance on the site; another one after it was removed and installed again. */
    String instance() {
        return generation == 0
                ? rules.instanceId()
                : Dice.uuid(story.seed(), "wix instance", generation).toString();
    }

    String key() {
        return generation == 0 ? rules.apiKey() : rules.apiKey() + "-" + generation;
    }

    /** Every order as it truly is, also those that nobody is told of. */
    Stream<Sale> all() {
        var now = now();
        return sales.until(now).mapToObj(key -> fresh(key, now));
    }

    private Sale fresh(int key, long now) {
        var life = sales.life(key);
        var reached = (int) life.stream().filter(stage -> stage.at() <= now).count();
        return new Sale(key, List.copyOf(life.subList(0, Math.max(1, reached))));
    }

    @Nullable
    Sale fresh(String id) {
        var now = now();
        var key = sales.key(id, now);
        return key == null ? null : fresh(key, now);
    }

    /** The order as a search knows it, which is a little behind; null while it knows none. */
    @Nullable
    Sale searched(int key, long now) {
        var life = sales.life(key);
        for (var index = life.size() - 1; index >= 0; index--) {
            var stage = life.get(index);
            if (stage.at() <= now && stage.at() + delay(key, index, stage.at()) <= now) {
                return stage.hidden() ? null : new Sale(key, List.copyOf(life.subList(0, index + 1)));
            }
        }
        return null;
    }

    private long delay(int key, int stage, long at) {
        var place = key * 16L + stage;
        var share = Dice.share(story.seed(), "wix search", place);
        return (long) (share * story.searchDelay())
                + (happens(Fault.REORDERED_EVENT, place, at) ? REORDERED_MILLIS : 0)
                + (happens(Fault.LATE_EVENT, place, at) ? (long) (share * LATE_MILLIS) : 0);
    }

    boolean toldTwice(Sale sale) {
        return happens(
                Fault.DUPLICATE_EVENT,
                sale.key() * 16L + sale.stages().size(),
                sale.now().at());
    }

    boolean happens(Fault fault, long place, long at) {
        var probability = faults.probability(fault, at);
        return probability > 0 && Dice.share(story.seed(), "wix " + fault, place) < probability;
    }

    @Nullable
    Fault badness(int key) {
        return repaired.contains(key)
                ? null
                : BAD.stream()
                        .filter(fault -> happens(fault, key, sales.createdAt(key)))
                        .findFirst()
                        .orElse(null);
    }

    /** The document as it should be. */
    ObjectNode trueDocument(Sale sale) {
        return documents.of(sale);
    }

    /** The document as Wix tells it, which may be in a bad state. */
    ObjectNode document(Sale sale) {
        var document = documents.of(sale);
        switch (badness(sale.key())) {
            case MALFORMED -> malform(document, sale.key());
            case UNKNOWN_STATUS -> document.put("status", "WAITING_FOR_DRONE");
            case UNKNOWN_FIELD ->
                document.putObject("carbonFootprint").put("grams", 412).put("offset", true);
            case null, default -> {}
        }
        return document;
    }

    private void malform(ObjectNode document, int key) {
        switch ((int) Math.floorMod(Dice.hash(story.seed(), "wix malformed", key), 3L)) {
            case 0 -> document.remove("lineItems");
            case 1 -> document.withArray("lineItems").get(0).asObject().put("quantity", "dwa");
            default -> document.withObject("priceSummary").withObject("total").put("amount", "12,zł");
        }
    }
}
