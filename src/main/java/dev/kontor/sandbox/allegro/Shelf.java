package dev.kontor.sandbox.allegro;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import dev.kontor.sandbox.allegro.Purchases.Taken;
import dev.kontor.sandbox.world.Deed;
import dev.kontor.sandbox.world.Dice;
import dev.kontor.sandbox.world.Fault;
import dev.kontor.sandbox.world.Faults;

/**
 * What a seller offers and how many there are. Buyers take from it, commands and edits change it, some of them a while
 * after they were told to. Time passes in one order for all of them.
 */
final class Shelf {

    private static final long MINUTE = 60_000;
    private static final int CATALOG_SEARCHED_FOR_SOMETHING_ELSE = 200;

    /** Something that will happen; what is due at the same time happens in the order in which it was ordered. */
    private record Due(long at, long number, Runnable effect) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(number, other.number);
        }
    }

    private final Object time;
    private final long seed;
    private final Rules rules;
    private final Faults faults;
    private final List<Offer> offers;
    private final PriorityQueue<Due> due = new PriorityQueue<>();
    private final Map<String, QuantityCommand> commands = new HashMap<>();
    private final Map<String, Long> operations = new HashMap<>();
    private long ordered;
    private long now = Long.MIN_VALUE;

    Shelf(long seed, int catalog, IntFunction<Product> products, Rules rules, Faults faults, Object time) {
        this.seed = seed;
        this.rules = rules;
        this.faults = faults;
        this.time = time;
        this.offers = IntStream.range(0, catalog)
                .mapToObj(it -> Offer.of(seed, it, products.apply(it)))
                .toList();
    }

    List<Offer> offers() {
        return offers;
    }

    @Nullable
    Offer offer(String id) {
        var index = Product.indexOf(id);
        return index < 0 || index >= offers.size() || offers.get(index).removed() ? null : offers.get(index);
    }

    void advanceTo(long instant) {
        synchronized (time) {
            for (var next = due.peek(); next != null && next.at() <= instant; next = due.peek()) {
                due.remove();
                now = Math.max(now, next.at());
                next.effect().run();
            }
            now = Math.max(now, instant);
        }
    }

    // Buyers

    /** What a buyer gets of what he wants: less where there is less, something else where there is nothing. */
    List<Taken> sell(List<Taken> wanted, boolean insisting, long at) {
        synchronized (time) {
            advanceTo(at);
            var taken = new ArrayList<Taken>();
            for (var wish : wanted) {
                var index = insisting ? wish.product() : somethingLike(wish);
                var offer = offers.get(index);
                var look = offer.now();
                var quantity = look.onSale() ? Math.min(wish.quantity(), look.available()) : 0;
                if (quantity > 0) {
                    show(offer, look.showing(at, look.available() - quantity));
                }
                taken.add(new Taken(index, quantity));
            }
            return taken;
        }
    }

    private int somethingLike(Taken wish) {
        for (var i = 0; i < Math.min(offers.size(), CATALOG_SEARCHED_FOR_SOMETHING_ELSE); i++) {
            var index = (wish.product() + i) % offers.size();
            if (offers.get(index).now().onSale()) {
                return index;
            }
        }
        return wish.product();
    }

    private void show(Offer offer, Offer.Look look) {
        offer.look(look, now - rules.offerListDelay().toMillis());
    }

    // The seller and his programs

    /** The seller changes a number in his panel. */
    void show(Deed.StockShown deed) {
        synchronized (time) {
            advanceTo(deed.at());
            var offer = offers.get(deed.offer());
            show(offer, offer.now().showing(deed.at(), deed.available()));
        }
    }

    void remove(Deed.OfferRemoved deed) {
        synchronized (time) {
            advanceTo(deed.at());
            var offer = offers.get(deed.offer());
            show(offer, offer.now().ended(deed.at()));
            offer.remove();
        }
    }

    /** One offer is edited; {@link #runningUntil} tells how long that takes. */
    void edit(Deed.OfferEdited deed) {
        synchronized (time) {
            advanceTo(deed.at());
            var offer = offers.get(deed.offer());
            var number = ordered++;
            var delay = delayOfEdit(number, deed.at());
            if (delay > 0) {
                operations.put(deed.operation(), deed.at() + delay);
            }
            if (strikes(Fault.SILENT_NO_OP, number, deed.at())) {
                return;
            }
            if (delay == 0) {
                edited(offer, deed, deed.at());
            } else {
                offer.busyUntil(
                        deed.at() + Math.min(delay, 10 * rules.commandDelay().toMillis()));
                due.add(new Due(deed.at() + delay, number, () -> edited(offer, deed, now)));
            }
        }
    }

    private void edited(Offer offer, Deed.OfferEdited deed, long at) {
        if (offer.removed()) {
            return;
        }
        var look = offer.now();
        if (deed.available() != null) {
            look = look.showing(at, deed.available());
        }
        if ("ACTIVE".equals(deed.status()) && look.available() > 0) {
            look = look.activated(at);
        } else if ("ENDED".equals(deed.status())) {
            look = look.ended(at);
        }
        show(offer, look);
    }

    private long delayOfEdit(long number, long at) {
        var slow = tooLate(number, at);
        if (slow > 0) {
            return slow;
        }
        var dice = Dice.of(seed, "edit", number);
        return dice.chance(rules.slowEdits()) ? delay(dice) : 0;
    }

    String nextOperation() {
        synchronized (time) {
            return Dice.uuid(seed, "operation", ordered).toString();
        }
    }

    /** @param instant in the past for what a lagging list tells */
    Offer.Look lookAt(Offer offer, long instant) {
        synchronized (time) {
            return offer.at(instant);
        }
    }

    /** When an edit is, or was, done that went on in the background; null for any other. */
    @Nullable
    Long runningUntil(String operation) {
        synchronized (time) {
            return operations.get(operation);
        }
    }

    boolean knows(String command) {
        synchronized (time) {
            return commands.containsKey(command);
        }
    }

    void change(Deed.QuantitiesChanged deed) {
        synchronized (time) {
            advanceTo(deed.at());
            var tasks = new ArrayList<QuantityCommand.Task>();
            for (var id : deed.offers()) {
                var number = ordered++;
                var effective = !strikes(Fault.SILENT_NO_OP, number, deed.at());
                var task = new QuantityCommand.Task(id, deed.gain(), deed.value(), effective, deed.at());
                var slow = tooLate(number, deed.at());
                var dice = Dice.of(seed, "task", number);
                tasks.add(task);
                due.add(new Due(deed.at() + (slow > 0 ? slow : delay(dice)), number, () -> perform(task)));
            }
            commands.put(
                    deed.command(),
                    new QuantityCommand(
                            deed.command(),
                            deed.at(),
                            deed.at() + rules.commandDelay().toMillis() / 4,
                            tasks));
        }
    }

    private void perform(QuantityCommand.Task task) {
        var offer = offer(task.offer());
        if (offer == null) {
            task.fail(now, "OFFER_NOT_FOUND");
            return;
        }
        var result = task.result(offer.now().available());
        if (result < 1) {
            task.fail(now, "ATTEMPT_TO_CHANGE_OFFER_QUANTITY_TO_INVALID_VALUE");
            return;
        }
        if (task.effective()) {
            show(offer, offer.now().showing(now, result));
        }
        task.succeed(now);
    }

    @Nullable
    QuantityCommand command(String id) {
        synchronized (time) {
            return commands.get(id);
        }
    }

    private long delay(Dice dice) {
        var usual = rules.commandDelay().toMillis();
        return usual == 0 ? 0 : dice.delay(usual / 2, usual * 3);
    }

    /** How much later than usual something happens; 0 where it does not. */
    private long tooLate(long number, long at) {
        var dice = Dice.of(seed, "too late", number);
        if (strikes(Fault.STUCK_COMMAND, number, at)) {
            return dice.delay(10 * MINUTE, 50 * MINUTE);
        }
        return strikes(Fault.OUT_OF_ORDER, number, at) ? dice.delay(MINUTE / 2, 3 * MINUTE) : 0;
    }

    private boolean strikes(Fault fault, long number, long at) {
        var probability = faults.probability(fault, at);
        return probability > 0 && Dice.share(seed, fault.name(), number) < probability;
    }
}
