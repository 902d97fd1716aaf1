package dev.kontor.sandbox.amazon;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.kontor.sandbox.amazon.Purchase.Part;
import dev.kontor.sandbox.world.Deed;
import dev.kontor.sandbox.world.Dice;
import dev.kontor.sandbox.world.Fault;
import dev.kontor.sandbox.world.Faults;
import dev.kontor.sandbox.world.Goods;

/**
 * What the seller lists and how many there are. Buyers take from it at once; what his programs write is queued and shows
 * some time later. Time passes in one order for all of it; its world sees to it that one at a time looks or changes.
 */
final class Shelf {

    private static final long MINUTE = 60_000;
    private static final long UNTIL_SENT = 6 * 60 * MINUTE;

    /** Something that will happen; what is due at the same time happens in the order in which it was ordered. */
    private record Due(long at, long number, Runnable effect) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(number, other.number);
        }
    }

    private static final int SEARCHED_FOR_SOMETHING_ELSE = 50;

    private final long seed;
    private final int catalog;
    private final AmazonRules rules;
    private final Faults faults;
    private final Map<String, Stocked> bySku = new LinkedHashMap<>();
    private final List<Stocked> all;
    private final PriorityQueue<Due> due = new PriorityQueue<>();
    private final Map<String, Feed> feeds = new HashMap<>();
    private final Set<Integer> removed = new HashSet<>();
    private long ordered;
    private long now = Long.MIN_VALUE;

    Shelf(AmazonStory story, AmazonRules rules, IntFunction<Goods> goods, Faults faults) {
        this.seed = story.seed();
        this.rules = rules;
        this.faults = faults;
        this.catalog = story.catalog();
        this.all = Stream.concat(
                        IntStream.range(0, catalog).mapToObj(it -> Ware.own(story, it, goods.apply(it))),
                        IntStream.range(0, catalog).mapToObj(it -> Ware.fba(story, it, goods.apply(it))))
                .map(this::first)
                .toList();
        all.forEach(it -> bySku.put(it.ware().sku(), it));
    }

    /** Most sellers have plenty of most things and few of some; some listings Amazon does not show. */
    private Stocked first(Ware ware) {
        var dice = Dice.of(seed, "amazon stock", ware.index());
        var many = dice.chance(0.1) ? dice.between(1, 12) : dice.between(2_000, 20_000);
        var leadTime = dice.chance(0.3) ? dice.between(1, 5) : null;
        var suppressed = dice.chance(0.04);
        var look = ware.fba()
                ? new Stocked.Look(
                        false, 0, 0, null, suppressed, many, dice.below(20), dice.below(200), ware.createdAt())
                : new Stocked.Look(true, many, many, leadTime, suppressed, 0, 0, 0, ware.createdAt());
        return new Stocked(ware, look);
    }

    /** A listing with how it looked at one instant. */
    record Seen(Ware ware, Stocked.Look look) {}

    List<Seen> seen() {
        return bySku.values().stream().map(it -> new Seen(it.ware(), it.look())).toList();
    }

    @Nullable
    Seen seen(String sku) {
        var stocked = bySku.get(sku);
        return stocked == null ? null : new Seen(stocked.ware(), stocked.look());
    }

    void advanceTo(long instant) {
        for (var next = due.peek(); next != null && next.at() <= instant; next = due.peek()) {
            due.remove();
            now = Math.max(now, next.at());
            next.effect().run();
        }
        now = Math.max(now, instant);
    }

    // Buyers

    /**
     * What a buyer gets of what he wants: less where there is less, and something else where there is nothing, unless he
     * insists.
     */
    List<Part> sell(List<Part> wanted, boolean fba, boolean insisting, long at) {
        advanceTo(at);
        var taken = new ArrayList<Part>();
        for (var wish : wanted) {
            var goods = insisting ? wish.goods() : somethingLike(wish.goods(), fba);
            var units = sell(all.get(goods + (fba ? catalog : 0)), wish.quantity(), at);
            if (units > 0) {
                taken.add(new Part(goods, units));
            }
        }
        return taken;
    }

    private int somethingLike(int goods, boolean fba) {
        return IntStream.range(0, Math.min(catalog, SEARCHED_FOR_SOMETHING_ELSE))
                .map(it -> (goods + it) % catalog)
                .filter(it -> buyable(all.get(it + (fba ? catalog : 0))) > 0)
                .findFirst()
                .orElse(goods);
    }

    private int sell(Stocked stocked, int wanted, long at) {
        var units = Math.min(wanted, buyable(stocked));
        if (units > 0) {
            stocked.look(stocked.look().sold(units, at));
            if (!stocked.look().merchant()) {
                later(at + UNTIL_SENT, () -> stocked.look(stocked.look().sent(units, now)));
            }
        }
        return units;
    }

    private int buyable(Stocked stocked) {
        return removed.contains(stocked.ware().index()) ? 0 : stocked.look().buyable();
    }

    private void later(long at, Runnable effect) {
        due.add(new Due(at, ordered++, effect));
    }

    // The seller and his programs

    void show(Deed.AmazonShown deed) {
        advanceTo(deed.at());
        var stocked = all.get(deed.ware());
        stocked.look(stocked.look().showing(deed.quantity(), stocked.look().leadTime(), deed.at()));
    }

    void remove(Deed.AmazonRemoved deed) {
        advanceTo(deed.at());
        removed.add(deed.ware());
        bySku.remove(all.get(deed.ware()).ware().sku());
    }

    void patch(Deed.AmazonPatched deed) {
        advanceTo(deed.at());
        write(deed.write(), deed.at(), delay(rules.patchDelay().toMillis(), deed.at()));
    }

    void feed(Deed.AmazonFed deed) {
        advanceTo(deed.at());
        var usual = rules.feedDelay().toMillis();
        var started = deed.at() + usual / 4;
        var ended = Math.max(started + 1, deed.at() + delay(usual, deed.at()));
        feeds.put(deed.feed(), new Feed(deed, started, ended));
        for (var write : deed.writes()) {
            var late = strikes(Fault.OUT_OF_ORDER, ordered, deed.at()) ? MINUTE : 0;
            write(write, deed.at(), ended - deed.at() - 1 + late);
        }
    }

    private void write(Deed.AmazonWrite write, long at, long delay) {
        if (strikes(Fault.SILENT_NO_OP, ordered, at)) {
            ordered++;
            return;
        }
        later(at + delay, () -> {
            var stocked = all.get(write.ware());
            var leadTime =
                    write.merged() && write.leadTime() == null ? stocked.look().leadTime() : write.leadTime();
            stocked.look(stocked.look().showing(write.quantity(), leadTime, now));
        });
    }

    /** Usually about what is usual; out of order some minutes, and stuck most of an hour. */
    private long delay(long usual, long at) {
        var dice = Dice.of(seed, "amazon delay", ordered);
        if (strikes(Fault.STUCK_COMMAND, ordered, at)) {
            return dice.delay(10 * MINUTE, 50 * MINUTE);
        }
        if (strikes(Fault.OUT_OF_ORDER, ordered, at)) {
            return dice.delay(MINUTE / 2, 3 * MINUTE);
        }
        return usual == 0 ? 0 : dice.delay(usual / 2, usual * 3);
    }

    private boolean strikes(Fault fault, long number, long at) {
        var probability = faults.probability(fault, at);
        return probability > 0 && Dice.share(seed, "amazon " + fault, number) < probability;
    }

    @Nullable
    Feed feed(String id) {
        return feeds.get(id);
    }

    /** Listings are odd while the fault lasts, for they have no moment to which it belongs. */
    @Nullable
    Fault badness(Ware ware) {
        var current = faults.current();
        return Stream.of(Fault.MALFORMED, Fault.UNKNOWN_STATUS, Fault.UNKNOWN_FIELD)
                .filter(fault ->
                        Dice.share(seed, "amazon listing " + fault, ware.index()) < current.getOrDefault(fault, 0.0))
                .findFirst()
                .orElse(null);
    }
}
