package dev.kontor.orders.feed;

import java.util.Collection;
import java.util.Set;

import org.springframework.stereotype.Component;

import dev.kontor.accounts.Accounts.AccountView;
import dev.kontor.marketplaces.OrderFeed.OrderChange;
import dev.kontor.orders.Source;
import dev.kontor.orders.archive.FirstSigns;
import dev.kontor.orders.loops.LoopSchedule;

/** Takes first signs of sales from whatever tells them, and leaves the reading of their orders to a loop of its own. */
@Component
class Announcing {

    private final FirstSigns signs;
    private final LoopSchedule schedule;

    Announcing(FirstSigns signs, LoopSchedule schedule) {
        this.signs = signs;
        this.schedule = schedule;
    }

    /** @return which of the orders will be read with the change in them, whatever happens */
    Set<String> take(AccountView account, Collection<OrderChange> changes, Source source) {
        var announced = signs.take(account, changes, source);
        if (!announced.isEmpty()) {
            schedule.runNow(AnnouncedReading.KIND, account.id());
        }
        return announced;
    }
}
