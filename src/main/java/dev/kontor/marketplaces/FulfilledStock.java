package dev.kontor.marketplaces;

import java.time.Instant;
import java.util.List;

import org.jmolecules.architecture.hexagonal.SecondaryPort;
import org.jspecify.annotations.Nullable;

/**
 * Reads what lies in the marketplace's own warehouses, from where it sends to buyers by itself. Such stock is told of and
 * never written: it changes by deliveries to the marketplace and by sales.
 */
@SecondaryPort
public interface FulfilledStock {

    /**
     * All of it, page by page. None that is there all the while is passed over, some may come twice; goods of which there
     * is nothing may be left out. Pages are asked for without a pause: a position may be good for seconds only, and one
     * that is refused means to begin again.
     */
    Answer<FulfilledPage> all(@Nullable Cursor after, Connection connection);

    /** @param next continues the list, null at its end */
    record FulfilledPage(
            List<Holding> holdings,
            List<UnreadableRecord> unreadable,
            @Nullable Cursor next) {
        public FulfilledPage {
            holdings = List.copyOf(holdings);
            unreadable = List.copyOf(unreadable);
        }
    }

    /**
     * What one warehouse, or one group of them, holds of one listing's goods.
     *
     * @param listing as {@link Listing#externalId} names it
     * @param sku the seller's own id of the goods, null where the marketplace does not tell it here
     * @param warehouse by the marketplace's name; that of a country or region where it tells no more
     * @param scheme the marketplace's word for it, such as {@code FBA}, {@code FBO} or {@code FBW}
     * @param sellable what buyers can have now
     * @param reserved spoken for by orders, or being moved between warehouses
     * @param inbound on the way to the warehouse, not for sale yet
     * @param asOf it was like this at this instant or later
     */
    record Holding(
            String listing,
            @Nullable String sku,
            String warehouse,
            String scheme,
            int sellable,
            int reserved,
            int inbound,
            Instant asOf) {
        public Holding {
            if (sellable < 0 || reserved < 0 || inbound < 0) {
                throw new IllegalArgumentException("a warehouse holds less than nothing of listing " + listing);
            }
        }
    }
}
