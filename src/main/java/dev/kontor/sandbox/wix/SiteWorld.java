package dev.kontor.sandbox.wix;

import java.time.Duration;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
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
    private final Shelf shelf;
    private final NavigableMap<Long, String> catalogs = new ConcurrentSkipListMap<>();
    private final Set<Integer> repaired = ConcurrentHashMap.newKeySet();
    private volatile int generation;
    private volatile boolean installed = true;
    private final long begunAt;
    private int next;

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
        var articles = Article.all(story.seed(), story.catalog(), goods);
        this.documents = new OrderDocument(story, sales, articles, people);
        this.shelf = new Shelf(story, articles, rules.elsewhere(), faults);
        this.next = story.orders();
        this.begunAt = start - Duration.ofDays(story.days()).toMillis();
        catalogs.put(Long.MIN_VALUE, rules.catalog());
    }

    <D extends Deed.OfWix> void happen(LongFunction<D> deed) {
        this.<D, RuntimeException>attempt(deed::apply);
    }

    /** Something that may turn out to be impossible at its instant. */
    interface Attempt<D, E extends Exception> {
        D at(long instant) throws E;
    }

    /** Makes something happen that depends on how things are then: no time passes in between. */
    synchronized <D extends Deed.OfWix, E extends Exception> D attempt(Attempt<D, E> deed) throws E {
        var done = deed.at(moment());
        journal.write(done);
        apply(done);
        return done;
    }

    /** Lets time pass up to now. */
    synchronized long moment() {
        var now = now();
        advanceTo(now);
        return now;
    }

    private void advanceTo(long instant) {
        for (; sales.createdAt(next) <= instant; next++) {
            enter(next);
        }
        shelf.advanceTo(instant);
    }

    /** An order takes its goods when it is no longer a mere attempt, and may give them back when it is cancelled. */
    private void enter(int key) {
        sales.life(key).stream()
                .filter(stage -> !stage.hidden())
                .findFirst()
                .ifPresent(stage -> shelf.plan(stage.at(), () -> take(key)));
    }

    private void take(int key) {
        sales.found(key, shelf.sell(sales.basket(key), sales.insisting(key)));
        var end = sales.life(key).getLast();
        if (end.cancelled() && sales.restocks(key)) {
            shelf.plan(end.at(), () -> shelf.giveBack(sales.basket(key)));
        }
    }

    private void buy(int key, long at) {
        enter(key);
        shelf.advanceTo(at);
    }

    synchronized void apply(Deed.OfWix deed) {
        switch (deed) {
            case Deed.WixBought(var at, var count) -> {
                advanceTo(at);
                IntStream.range(0, count).forEach(it -> buy(sales.add(at), at));
            }
            case Deed.WixSold(var at, var article, var quantity) -> {
                advanceTo(at);
                buy(sales.add(at, new Taken(article, quantity)), at);
            }
            case Deed.WixStockWritten written -> {
                advanceTo(written.at());
                shelf.write(written);
            }
            case Deed.WixRemoved removed -> {
                advanceTo(removed.at());
                shelf.remove(removed);
            }
            case Deed.WixRepaired(var order) -> repaired.add(order);
            case Deed.WixRevoked() -> {
                generation++;
                installed = false;
            }
            case Deed.WixInstalled() -> installed = true;
            case Deed.WixCatalogMoved(var at, var version) -> catalogs.put(at, version);
        }
    }

    long now() {
        return clock.now();
    }

    /** Before that the shop was being filled. */
    long begunAt() {
        return begunAt;
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

    /** Guarded by this world: to be read and written between {@link #moment} and the end of a turn. */
    Shelf shelf() {
        return shelf;
    }

    String catalog() {
        return catalogAt(Long.MAX_VALUE);
    }

    private String catalogAt(long instant) {
        return catalogs.floorEntry(instant).getValue();
    }

    /** The app's instance on the site; the same one after it was removed and installed again. */
    String instance() {
        return rules.instanceId();
    }

    boolean installed() {
        return installed;
    }

    /** How often the owner has taken back what he had permitted. */
    int generation() {
        return generation;
    }

    String key() {
        return generation == 0 ? rules.apiKey() : rules.apiKey() + "-" + generation;
    }

    /** Every order as it truly is, also those that nobody is told of. */
    Stream<Sale> all() {
        var now = moment();
        return sales.until(now).mapToObj(key -> fresh(key, now));
    }

    private Sale fresh(int key, long now) {
        var life = sales.life(key);
        var reached = (int) life.stream().filter(stage -> stage.at() <= now).count();
        return new Sale(key, List.copyOf(life.subList(0, Math.max(1, reached))));
    }

    @Nullable
    Sale fresh(String id) {
        var now = moment();
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
        return documents.of(sale, catalogAt(sale.createdAt()));
    }

    /** The document as Wix tells it, which may be in a bad state. */
    ObjectNode document(Sale sale) {
        var document = trueDocument(sale);
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
