package dev.kontor.orders.backfill;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.kontor.marketplaces.Cursor;
import dev.kontor.marketplaces.MarketplaceOrder;
import dev.kontor.marketplaces.OrderFeed.OrderPage;
import dev.kontor.marketplaces.Period;
import dev.kontor.marketplaces.UnreadableRecord;
import dev.kontor.orders.archive.PreparedOrder;
import dev.kontor.orders.backfill.Windows.Place;

/**
 * A page of the past, its orders ready to be stored; without their documents, so that many may wait.
 *
 * @param window of the past that the page is from
 * @param next where the window goes on, null at its end
 * @param fresh how many of the orders were not on the page before: some marketplaces begin a page where that one ended
 */
record PreparedPage(
        Period window,
        List<PreparedOrder> orders,
        List<UnreadableRecord> unreadable,
        @Nullable Cursor next,
        long fresh) {

    /** @param before ids of the orders on the page before */
    static PreparedPage of(Place place, OrderPage page, List<PreparedOrder> orders, Set<String> before) {
        var fresh = orders.stream()
                .map(PreparedOrder::order)
                .filter(place::isAhead)
                .map(MarketplaceOrder::externalId)
                .filter(id -> !before.contains(id))
                .distinct()
                .count();
        return new PreparedPage(place.window(), orders, page.unreadable(), page.next(), fresh);
    }

    Set<String> ids() {
        return orders.stream().map(it -> it.order().externalId()).collect(Collectors.toSet());
    }
}
