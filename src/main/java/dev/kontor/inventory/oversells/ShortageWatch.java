package dev.kontor.inventory.oversells;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

import dev.kontor.inventory.OversellDetected;
import dev.kontor.inventory.OversellEnded;
import dev.kontor.inventory.ledger.ShortageChanged;
import dev.kontor.inventory.ledger.ShortageChanged.Shortage;
import dev.kontor.inventory.oversells.Oversells.Worse;

/** Writes down what is oversold in the transaction that makes it so, and that it is over in the one that ends it. */
@Component
class ShortageWatch {

    private final Oversells oversells;
    private final ApplicationEventPublisher events;

    ShortageWatch(Oversells oversells, ApplicationEventPublisher events) {
        this.oversells = oversells;
        this.events = events;
    }

    @EventListener
    void on(ShortageChanged event) {
        var first = new HashMap<Long, Long>();
        event.shortages()
                .forEach(
                        it -> first.put(it.position(), it.movements().getFirst().number()));
        var counted = oversells.counted(first);
        var worse = event.shortages().stream()
                .flatMap(it -> worse(it, counted.contains(it.position())).stream())
                .toList();
        oversells
                .add(worse, event.at())
                .forEach(it -> events.publishEvent(
                        new OversellDetected(it.id(), it.stock().item(), it.units(), it.order(), event.at())));
        var enough = event.shortages().stream()
                .filter(shortage -> shortage.after() == 0)
                .map(Shortage::position)
                .toList();
        if (!enough.isEmpty()) {
            oversells
                    .resolve(enough, event.at())
                    .forEach(it -> events.publishEvent(
                            new OversellEnded(it.id(), it.stock().item(), event.at())));
        }
    }

    /**
     * The last movements by which it became so; what others of the same transaction have made up for does not count. Of
     * goods that nobody has counted there may be any number, so that none of them is oversold before somebody does.
     */
    private static List<Worse> worse(Shortage shortage, boolean counted) {
        var count = shortage.movements().stream()
                .filter(movement -> movement.tellsOfGoods())
                .findFirst();
        if (!counted && count.isEmpty()) {
            return List.of();
        }
        var worse = new ArrayList<Worse>();
        long left = shortage.after() - (counted ? shortage.before() : 0);
        for (var movement : shortage.movements().reversed()) {
            long units = Math.min(left, movement.oversold() - movement.oversoldBefore());
            if (units > 0) {
                worse.addFirst(new Worse(shortage.position(), movement, units));
                left -= units;
            }
        }
        if (!counted && left > 0 && worse.stream().noneMatch(it -> it.movement().equals(count.get()))) {
            worse.addFirst(new Worse(shortage.position(), count.get(), left));
        }
        return worse;
    }
}
