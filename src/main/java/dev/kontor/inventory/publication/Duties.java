package dev.kontor.inventory.publication;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

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
    private final Publications publications;
    private final Exposures exposures;
    private final Sending sending;
    private final Resolving resolving;
    private final Reading reading;
    private final Orders orders;
    private final Clock clock;

    Duties(
            ToldOrders told,
            Recalculation recalculation,
            Publications publications,
            Exposures exposures,
            Sending sending,
            Resolving resolving,
            Reading reading,
            Orders orders,
            Clock clock) {
        this.told = told;
        this.recalculation = recalculation;
        this.publications = publications;
        this.exposures = exposures;
        this.sending = sending;
        this.resolving = resolving;
        this.reading = reading;
        this.orders = orders;
        this.clock = clock;
    }

    /**
     * @param name two of one name are not done at once by one instance; between instances the database keeps them apart
     * @param work says whether there was anything to do
     */
    record Duty(String name, BooleanSupplier work) {}

    List<Duty> due() {
        var duties = new ArrayList<Duty>();
        told.waiting().forEach(account -> duties.add(new Duty("follow " + account, () -> told.follow(account))));
        if (recalculation.waiting()) {
            duties.add(new Duty("recalculate", recalculation::recalculate));
        }
        publications
                .due(clock.instant())
                .forEach(due -> duties.add(new Duty(due.work() + " " + due.account(), () -> perform(due))));
        publications.unsettled().forEach(account -> duties.add(new Duty("settle " + account, () -> settle(account))));
        return duties;
    }

    private boolean perform(Due due) {
        return switch (due.work()) {
            case ZERO, DECREASE, INCREASE -> sending.send(due);
            case RESOLVE -> resolving.resolve(due);
            case READ -> reading.read(due);
        };
    }

    /** First it is asked how far the archive knows, then whether the stock has followed: what came between is known too. */
    private boolean settle(AccountId account) {
        var known = orders.watermark(account);
        return known.isPresent() && told.followed(account) && exposures.settle(account, known.get()) > 0;
    }
}
