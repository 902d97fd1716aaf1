package dev.kontor.sandbox.wix;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.kontor.sandbox.world.Deed;
import dev.kontor.sandbox.world.Deed.WixChange;
import dev.kontor.sandbox.world.Dice;
import dev.kontor.sandbox.world.Fault;
import dev.kontor.sandbox.world.Faults;

/**
 * What the shop sells and how many there are. Orders take from it and give back, the seller and his programs write it.
 * Guarded by the site's world, whose time is the only one here.
 */
final class Shelf {

    private static final long MINUTE = 60_000;
    private static final int SEARCHED_FOR_SOMETHING_ELSE = 200;

    private record Due(long at, long number, Runnable effect) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(number, other.number);
        }
    }

    private final long seed;
    private final long searchDelay;
    private final Faults faults;
    private final List<Article> articles;
    private final List<List<Item>> items;
    private final Map<String, Item> byId = new HashMap<>();
    private final Map<String, List<Article>> byProduct = new HashMap<>();
    private final PriorityQueue<Due> due = new PriorityQueue<>();
    private Consumer<Item> watcher = ignored -> {};
    private long ordered;
    private long now = Long.MIN_VALUE;
    private boolean late;

    /** @param elsewhere share of the articles that lie in a second place as well */
    Shelf(SiteStory story, List<Article> articles, double elsewhere, Faults faults) {
        this.seed = story.seed();
        this.searchDelay = story.searchDelay();
        this.faults = faults;
        this.articles = articles;
        this.items = articles.stream().map(it -> items(seed, it, elsewhere)).toList();
        items.stream().flatMap(List::stream).forEach(it -> byId.put(it.id(), it));
        articles.forEach(it -> byProduct
                .computeIfAbsent(it.productId(), ignored -> new ArrayList<>())
                .add(it));
    }

    private static List<Item> items(long seed, Article article, double elsewhere) {
        var home = Item.atHome(seed, article);
        return Dice.share(seed, "wix elsewhere", article.index()) < elsewhere
                ? List.of(home, Item.elsewhere(seed, article))
                : List.of(home);
    }

    /** Whoever wants to know of every change at its moment. */
    void watch(Consumer<Item> whom) {
        watcher = whom;
    }

    List<Article> articles() {
        return articles.stream().filter(this::there).toList();
    }

    private boolean there(Article article) {
        return byProduct.containsKey(article.productId());
    }

    /** With all its variants, and for good. */
    void remove(Deed.WixRemoved deed) {
        advanceTo(deed.at());
        articles(deed.product()).forEach(article -> items(article).forEach(it -> byId.remove(it.id())));
        byProduct.remove(deed.product());
    }

    /** The articles of a product; none for an id that is no product. */
    List<Article> articles(String product) {
        return byProduct.getOrDefault(product, List.of());
    }

    Stream<List<Article>> products() {
        return articles().stream().filter(it -> it.index() == it.first()).map(it -> articles(it.productId()));
    }

    /** In every place; where orders are sent from first. */
    List<Item> items(Article article) {
        return items.get(article.index());
    }

    /** The only place that the older catalog knows. */
    Item home(Article article) {
        return items(article).getFirst();
    }

    @Nullable
    Item item(String id) {
        return byId.get(id);
    }

    /** What a query knows, which is a little behind. */
    Item.Look queried(Item item) {
        return item.at(now - searchDelay);
    }

    void advanceTo(long instant) {
        for (var next = due.peek(); next != null && next.at() <= instant; next = due.peek()) {
            due.remove();
            now = Math.max(now, next.at());
            next.effect().run();
        }
        now = Math.max(now, instant);
    }

    /** Something that happens then, or at once if that has passed. */
    void plan(long at, Runnable effect) {
        due.add(new Due(at, ordered++, effect));
    }

    // Orders

    /** What a buyer gets of what he wants: less where there is less, something else where there is nothing. */
    List<Taken> sell(List<Taken> wanted, boolean insisting) {
        var taken = new ArrayList<Taken>();
        for (var wish : wanted) {
            var article = articles.get(insisting ? wish.article() : somethingLike(wish));
            taken.add(new Taken(article.index(), take(article, wish.quantity())));
        }
        return taken;
    }

    private int somethingLike(Taken wish) {
        return IntStream.range(0, Math.min(articles.size(), SEARCHED_FOR_SOMETHING_ELSE))
                .map(step -> (wish.article() + step) % articles.size())
                .filter(index -> available(articles.get(index)) > 0)
                .findFirst()
                .orElse(wish.article());
    }

    /** How many a buyer could have. */
    int available(Article article) {
        if (!article.visible() || !there(article)) {
            return 0;
        }
        var all = items(article);
        return all.stream().anyMatch(it -> !it.now().tracked())
                ? Integer.MAX_VALUE
                : all.stream().mapToInt(it -> Math.max(0, it.now().quantity())).sum();
    }

    private int take(Article article, int wanted) {
        var left = Math.min(wanted, available(article));
        var taken = left;
        for (var item : items(article)) {
            var look = item.now();
            var here = look.tracked() ? Math.clamp(look.quantity(), 0, left) : 0;
            if (here > 0) {
                show(item, look.quantity() - here, true);
                left -= here;
            }
        }
        return taken;
    }

    void giveBack(List<Taken> taken) {
        for (var each : taken) {
            var item = home(articles.get(each.article()));
            if (each.quantity() > 0 && item.now().tracked()) {
                show(item, item.now().quantity() + each.quantity(), true);
            }
        }
    }

    // The seller and his programs

    /** {@link #late} tells whether the answer to it comes too late. */
    void write(Deed.WixStockWritten deed) {
        advanceTo(deed.at());
        late = deed.program() && strikes(Fault.OUT_OF_ORDER, ordered, deed.at());
        var delay = late ? Dice.of(seed, "wix late", ordered).delay(2 * MINUTE, 4 * MINUTE) : 0;
        ordered++;
        for (var change : deed.changes()) {
            if (!deed.program() || !strikes(Fault.SILENT_NO_OP, ordered, deed.at())) {
                plan(deed.at() + delay, () -> perform(change));
            }
        }
        advanceTo(deed.at());
    }

    /** Whether the last write goes on in the background, so that its answer is a gateway's. */
    boolean late() {
        return late;
    }

    private void perform(WixChange change) {
        var item = items.get(change.article()).get(change.place());
        var look = item.now();
        if (change.revision() != null && change.revision() != look.revision()) {
            return; // only a late one can have become stale
        }
        show(
                item,
                change.quantity() == null ? look.quantity() + change.difference() : change.quantity(),
                change.tracked() == null ? look.tracked() : change.tracked());
    }

    /** Every change of what there is passes here. */
    private void show(Item item, int quantity, boolean tracked) {
        item.look(item.now().next(now, quantity, tracked), now - searchDelay);
        watcher.accept(item);
    }

    private boolean strikes(Fault fault, long number, long at) {
        var probability = faults.probability(fault, at);
        return probability > 0 && Dice.share(seed, "wix " + fault, number) < probability;
    }

    /** Articles are odd while the fault lasts, for they have no moment to which it belongs. */
    @Nullable
    Fault badness(Article article) {
        var current = faults.current();
        return Stream.of(Fault.MALFORMED, Fault.UNKNOWN_STATUS, Fault.UNKNOWN_FIELD)
                .filter(fault ->
                        Dice.share(seed, "wix article " + fault, article.index()) < current.getOrDefault(fault, 0.0))
                .findFirst()
                .orElse(null);
    }
}
