package dev.kontor.sandbox.amazon;

import java.util.List;
import java.util.function.IntFunction;
import java.util.function.LongFunction;

import org.jspecify.annotations.Nullable;

import dev.kontor.sandbox.world.Deed;
import dev.kontor.sandbox.world.Faults;
import dev.kontor.sandbox.world.Goods;
import dev.kontor.sandbox.world.Journal;
import dev.kontor.sandbox.world.SandboxClock;

/** Everything this Amazon remembers; it changes by deeds alone, which are written down before they are told. */
final class AmazonWorld {

    private final AmazonRules rules;
    private final AmazonStory story;
    private final SandboxClock clock;
    private final Journal journal;
    private final Faults faults;
    private final Shelf shelf;
    private volatile int generation;

    AmazonWorld(
            AmazonRules rules,
            AmazonStory story,
            IntFunction<Goods> goods,
            SandboxClock clock,
            Journal journal,
            Faults faults) {
        this.rules = rules;
        this.story = story;
        this.clock = clock;
        this.journal = journal;
        this.faults = faults;
        this.shelf = new Shelf(story, rules, goods, faults);
    }

    synchronized <D extends Deed.OfAmazon> void happen(LongFunction<D> deed) {
        var done = deed.apply(now());
        journal.write(done);
        apply(done);
    }

    synchronized void apply(Deed.OfAmazon deed) {
        switch (deed) {
            case Deed.AmazonRevoked() -> generation++;
            case Deed.AmazonTaken taken -> shelf.sell(taken.ware(), taken.quantity(), taken.at());
            case Deed.AmazonShown shown -> shelf.show(shown);
            case Deed.AmazonPatched patched -> shelf.patch(patched);
            case Deed.AmazonFed fed -> shelf.feed(fed);
        }
    }

    /** What is listed, as it is now. */
    synchronized List<Shelf.Seen> listings() {
        shelf.advanceTo(now());
        return shelf.seen();
    }

    synchronized Shelf.@Nullable Seen listing(String sku) {
        shelf.advanceTo(now());
        return shelf.seen(sku);
    }

    synchronized @Nullable Feed feed(String id) {
        shelf.advanceTo(now());
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

    Faults faults() {
        return faults;
    }

    /** Another one after the seller took his permission back and gave it again. */
    String refreshToken() {
        return generation == 0 ? rules.refreshToken() : rules.refreshToken() + "-" + generation;
    }
}
