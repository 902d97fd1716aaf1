package dev.kontor.sandbox.allegro;

import java.util.Arrays;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import dev.kontor.sandbox.allegro.Purchases.Taken;
import dev.kontor.sandbox.world.Dice;
import dev.kontor.sandbox.world.Fault;
import dev.kontor.sandbox.world.Faults;

/**
 * Lets time pass: which purchases there are, and the log of events with all that may go wrong in it. Both are compact
 * arrays of references; content is rendered when somebody asks.
 */
final class Timeline {

    private static final int STEPS = 8;
    private static final long IDS_PER_MILLI = 1_000_000;
    private static final long LATE_MILLIS = 30 * 60_000L;

    /** All there was at one instant: keys of purchases in order of time, and references to events in order of log. */
    record Moment(long at, int[] keys, int purchases, long[] ids, int[] events, int logged) {

        /** The first entry of the log with an id above the given one. */
        int after(long id) {
            var low = 0;
            var high = logged;
            while (low < high) {
                var middle = (low + high) >>> 1;
                if (ids[middle] <= id) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }
    }

    /** An event on its way into the log; a settled one has met its faults already. */
    private record Pending(long at, int event, boolean settled) implements Comparable<Pending> {
        @Override
        public int compareTo(Pending other) {
            return at != other.at ? Long.compare(at, other.at) : Integer.compare(event, other.event);
        }
    }

    private final Object lock;
    private final Purchases purchases;
    private final Edits edits;
    private final Shelf shelf;
    private final Faults faults;
    private final long forgotten;
    private final PriorityQueue<Pending> pending = new PriorityQueue<>();
    private int next;
    private long now = Long.MIN_VALUE;
    private int[] keys = new int[1024];
    private int bought;
    private long[] ids = new long[4096];
    private int[] events = new int[4096];
    private int logged;

    /** Events before {@code forgotten} can never be asked for and are not kept; {@code lock} stops time. */
    Timeline(Purchases purchases, Edits edits, Shelf shelf, Faults faults, long forgotten, Object lock) {
        this.lock = lock;
        this.purchases = purchases;
        this.edits = edits;
        this.shelf = shelf;
        this.faults = faults;
        this.forgotten = forgotten;
    }

    static long firstIdOf(long millis) {
        return millis * IDS_PER_MILLI;
    }

    static boolean isEdit(int event) {
        return event < 0;
    }

    static int keyOf(int event) {
        return event / STEPS;
    }

    static int stepOf(int event) {
        return event % STEPS;
    }

    static int editOf(int event) {
        return -1 - event;
    }

    Moment at(long instant) {
        synchronized (lock) {
            advanceTo(instant);
            return new Moment(now, keys, bought, ids, events, logged);
        }
    }

    /** @param wish null for whatever the story has in mind */
    void buy(long instant, @Nullable Taken wish) {
        synchronized (lock) {
            advanceTo(instant);
            enter(purchases.add(instant), wish);
        }
    }

    void edit(Edits.Edit edit) {
        synchronized (lock) {
            advanceTo(edit.at());
            pending.add(new Pending(edit.at(), -1 - edits.add(edit), false));
        }
    }

    private void advanceTo(long instant) {
        if (instant < now) {
            return;
        }
        now = instant;
        for (var at = purchases.boughtAt(next); at <= instant; at = purchases.boughtAt(next)) {
            logUntil(at - 1);
            enter(next++, null);
        }
        logUntil(instant);
        shelf.advanceTo(instant);
    }

    private void enter(int key, @Nullable Taken wish) {
        if (purchases.live(key) && !takesFromTheShelf(key, wish)) {
            var group = purchases.group(key);
            purchases.refuse(key);
            if (group.merged() && key == group.last()) {
                var payer = purchases.group(group.first()).last();
                addSteps(payer, 1); // an earlier purchase of the same buyer goes on alone
            }
            return;
        }
        if (bought == keys.length) {
            keys = Arrays.copyOf(keys, bought * 2);
        }
        keys[bought++] = key;
        addSteps(key, 0);
    }

    private boolean takesFromTheShelf(int key, @Nullable Taken wish) {
        var wanted = Line.wanted(purchases, key);
        if (wish != null) {
            var nothing = new Taken(wish.product(), 0);
            wanted = IntStream.range(0, wanted.size())
                    .mapToObj(it -> it == 0 ? wish : nothing)
                    .toList();
        }
        var taken = shelf.sell(wanted, wish != null, purchases.boughtAt(key));
        if (wish != null || !taken.equals(wanted)) {
            purchases.found(key, taken);
        }
        return taken.stream().anyMatch(it -> it.quantity() > 0);
    }

    private void addSteps(int key, int from) {
        var steps = purchases.life(key);
        for (var i = from; i < steps.size(); i++) {
            pending.add(new Pending(steps.get(i).at(), key * STEPS + i, false));
        }
    }

    private void logUntil(long instant) {
        for (var event = pending.peek(); event != null && event.at() <= instant; event = pending.peek()) {
            pending.remove();
            if (event.settled()) {
                append(event);
            } else if (!overtakenByAnEdit(event)) {
                logUnlessHindered(event);
            }
        }
    }

    private boolean overtakenByAnEdit(Pending event) {
        if (isEdit(event.event())) {
            return false;
        }
        var key = keyOf(event.event());
        var step = purchases.life(key).get(stepOf(event.event()));
        var form = new Form(key, purchases.group(key).merged());
        return !step.kind().buyers && !edits.until(form, event.at()).isEmpty();
    }

    private void logUnlessHindered(Pending event) {
        if (strikes(Fault.LOST_EVENT, event)) {
            return;
        }
        var dice = Dice.of(purchases.story().seed(), "log", event.event());
        if (strikes(Fault.LATE_EVENT, event)) {
            pending.add(new Pending(event.at() + dice.delay(10_000, LATE_MILLIS), event.event(), true));
        } else if (strikes(Fault.REORDERED_EVENT, event)) {
            pending.add(new Pending(afterSuccessor(event), event.event(), true));
        } else {
            append(event);
            if (strikes(Fault.DUPLICATE_EVENT, event)) {
                repeat(event, dice);
            }
        }
    }

    /** Some duplicates are the same entry twice, some a second entry later. */
    private void repeat(Pending event, Dice dice) {
        if (dice.chance(0.5) && logged > 0) {
            append(ids[logged - 1], event);
        } else {
            pending.add(new Pending(event.at() + dice.delay(1_000, 60_000), event.event(), true));
        }
    }

    private long afterSuccessor(Pending event) {
        var latest = event.at() + LATE_MILLIS;
        if (isEdit(event.event())) {
            return latest;
        }
        var life = purchases.life(keyOf(event.event()));
        var successor = stepOf(event.event()) + 1;
        return successor < life.size() ? Math.min(latest, life.get(successor).at() + 1) : latest;
    }

    private boolean strikes(Fault fault, Pending event) {
        var probability = faults.probability(fault, event.at());
        return probability > 0 && Dice.share(purchases.story().seed(), fault.name(), event.event()) < probability;
    }

    private void append(Pending event) {
        var id = firstIdOf(event.at()) + Math.floorMod(event.event(), IDS_PER_MILLI);
        append(logged > 0 ? Math.max(id, ids[logged - 1] + 1) : id, event);
    }

    private void append(long id, Pending event) {
        if (event.at() < forgotten) {
            return;
        }
        if (logged == ids.length) {
            ids = Arrays.copyOf(ids, logged * 2);
            events = Arrays.copyOf(events, logged * 2);
        }
        ids[logged] = id;
        events[logged++] = event.event();
    }
}
