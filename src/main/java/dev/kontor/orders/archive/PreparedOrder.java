package dev.kontor.orders.archive;

import java.util.Set;

import dev.kontor.marketplaces.MarketplaceOrder;

/**
 * An order with everything that storing it takes and that can be worked out before the transaction.
 *
 * @param order without its document, which takes much memory
 * @param openWords words of what is no secret: number, SKUs, names of offers
 */
public record PreparedOrder(MarketplaceOrder order, SplitDocument content, Set<Long> openWords) {

    /** The newer picture of an order that came twice. */
    static PreparedOrder newer(PreparedOrder one, PreparedOrder other) {
        return KnownOrder.newer(one.order(), other.order()) ? other : one;
    }

    @Override
    public String toString() {
        return "PreparedOrder[" + order + "]";
    }
}
