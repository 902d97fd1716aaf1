package dev.kontor.inventory.publication;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.kontor.accounts.AccountId;
import dev.kontor.inventory.exposure.Exposures;
import dev.kontor.inventory.publication.Publications.Due;
import dev.kontor.inventory.reservations.ToldOrders;
import dev.kontor.orders.Orders;

/** All that is to be done between a sale and the last marketplace that shows it. */
@Component
class Duties {

    private final ToldOrders told;
    private final Recalculation recalculation;
    private final HintedListings hinted;
    private final Publications publications;
    private final Exposures exposures;
    private final Sending sending;
    private final Resolving resolving;
    private final Reading reading;
    private final Waits waits;
    private final Orders orders;
    private final Clock clock;

    Duties(
            ToldOrders told,
            Recalculation recalculation,
            HintedListings hinted,
            Publications publications,
            Exposures exposures,
            Sending sending,
            Resolving resolving,
            Reading reading,
            Waits waits,
            Orders orders,
            Clock clock) {
        this.told = told;
        this.recalculation = recalculation;
        this.hinted = hinted;
        this.publications = publications;
        this.exposures = exposures;
        this.sending = sending;
        this.resolving = resolving;
        this.reading = reading;
        this.waits = waits;
        this.orders = orders;
        this.clock = clock;
    }

    /**
     * @param name of this name no more than {@code atOnce} are done at once by one instance; what each of them does, no
     *     other does, because the database keeps them apart
     * @param work says whether there was anything to do
     */
    record Duty(String name, int atOnce, BooleanSupplier work) {

        private static Duty alone(String name, BooleanSupplier work) {
            return new Duty(name, 1, work);
        }
    }

    /** @param next when something else will be due, as far as is known; null where nothing is known to */
    record Todo(List<Duty> duties, @Nullable Instant next) {}

    List<Duty> due() {
        return todo().duties();
    }

    Todo todo() {
        var duties = new ArrayList<Duty>();
        told.waiting().forEach(account -> duties.add(Duty.alone("follow " + account, () -> told.follow(account))));
        recalculation
                .waiting()
                .forEach(queue -> duties.add(
                        new Duty("recalculate " + queue, queue.atOnce(), () -> recalculation.recalculate(queue))));
        if (hinted.waiting()) {
            duties.add(Duty.alone("note what is to be looked at", hinted::follow));
        }
        var agenda = publications.agenda(clock.instant());
        agenda.due().stream()
                .filter(this::goesOn)
                .forEach(due ->
                        duties.add(new Duty(due.work() + " " + due.account(), turns(due.work()), () -> perform(due))));
        publications.unsettled().forEach(account -> duties.add(Duty.alone("settle " + account, () -> settle(account))));
        var next = Stream.of(Optional.ofNullable(agenda.next()), waits.next())
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder());
        return new Todo(duties, next.orElse(null));
    }

    /** A new zero tries its luck; and what became of writes is asked, of which there are few. */
    private boolean goesOn(Due due) {
        var since = waits.since(due);
        return since.isEmpty()
                || switch (due.work()) {
                    case ZERO -> publications.zeroSince(due.account(), since.get(), clock.instant());
                    case RESOLVE_ZERO, RESOLVE -> true;
                    case DECREASE, INCREASE, READ_ZERO, READ -> false;
                };
    }

    /** More than one, for a call that takes long must not hold up what becomes due after it. */
    private static int turns(Work work) {
        return switch (work) {
            case ZERO, RESOLVE_ZERO, RESOLVE, READ_ZERO, READ -> 3;
            case DECREASE, INCREASE -> 2; // what waits for a turn may travel in one piece
        };
    }

    private boolean perform(Due due) {
        return switch (due.work()) {
            case ZERO, DECREASE, INCREASE -> sending.send(due);
            case RESOLVE_ZERO, RESOLVE -> resolving.resolve(due);
            case READ_ZERO, READ -> reading.read(due);
        };
    }

    /** First it is asked how far the archive knows, then whether the stock has followed: what came between is known too. */
    private boolean settle(AccountId account) {
        var known = orders.watermark(account);
        return known.isPresent() && told.followed(account) && exposures.settle(account, known.get()) > 0;
    }
}
