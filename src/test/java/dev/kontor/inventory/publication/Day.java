package dev.kontor.inventory.publication;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.kontor.inventory.ItemId;
import dev.kontor.inventory.allocation.Strategy;
import dev.kontor.inventory.publication.Street.Stall;

/** A simulated day as it is by now: its chance, its shops, its goods and its story. */
final class Day {

    private static final int TOLD = 60;

    final Dice dice;
    final Strategy strategy;

    /** Somebody changes numbers by hand, which no protocol can foresee. */
    final boolean byHand;

    final List<Stall> stalls;
    final Totals totals;
    final Goods goods = new Goods();

    /** How many units of items that are under escrow can be sold and are not there, because they were given before. */
    final Map<ItemId, Long> tooMany = new HashMap<>();

    /** By how much the shops' clocks are wrong. */
    final Map<Stall, Duration> skews = new HashMap<>();

    /** Since when something sent has not taken effect. */
    final Map<Stall, Instant> late = new HashMap<>();

    /** Whether something happens within a call already. */
    final AtomicBoolean nested = new AtomicBoolean();

    /** How much happens within one of the next calls. */
    int nesting;

    private final List<String> story = new ArrayList<>();
    private final Clock clock;

    Day(long seed, Strategy strategy, boolean byHand, List<Stall> stalls, Totals totals, Clock clock) {
        this.dice = new Dice(seed);
        this.strategy = strategy;
        this.byHand = byHand;
        this.stalls = stalls;
        this.totals = totals;
        this.clock = clock;
    }

    void tell(String what) {
        story.add(clock.instant() + " " + what);
    }

    /** How it ended. */
    String story() {
        return String.join("\n", story.subList(Math.max(0, story.size() - TOLD), story.size()));
    }
}
