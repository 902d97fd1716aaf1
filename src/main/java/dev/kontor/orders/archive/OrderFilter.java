package dev.kontor.orders.archive;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.kontor.accounts.AccountId;
import dev.kontor.marketplaces.OrderStatus;

/**
 * Which orders are meant. Orders that live on in another are left out.
 *
 * @param statuses any of them; all where empty
 * @param placedFrom inclusive
 * @param placedTo exclusive
 * @param query words that must all be found, in number, SKUs, names of offers, or the buyer's name and addresses
 * @param personal whether to look for the words in personal data as well
 */
public record OrderFilter(
        @Nullable AccountId account,
        List<OrderStatus> statuses,
        @Nullable Instant placedFrom,
        @Nullable Instant placedTo,
        @Nullable String query,
        boolean personal) {

    public OrderFilter {
        statuses = List.copyOf(statuses);
    }
}
