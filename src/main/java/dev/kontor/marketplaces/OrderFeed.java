package dev.kontor.marketplaces;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.jmolecules.architecture.hexagonal.SecondaryPort;
import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.ObjectNode;

/** Reads the orders of one account. Every call is a read and may be repeated. */
@SecondaryPort
public interface OrderFeed {

    /**
     * Changes after {@code after}, oldest first; without a cursor from the oldest that the marketplace still keeps. A
     * change may be repeated, late, missing or out of order: it is a reason to read the order, never the order itself,
     * and at most a {@linkplain FirstSign first sign} of it.
     */
    Answer<ChangePage> changesSince(@Nullable Cursor after, Connection connection);

    /**
     * The newest position of the change log, to follow the log from after a backfill has begun; a null position where
     * the log is empty.
     */
    Answer<LogEnd> end(Connection connection);

    /** One order as it is now. */
    Answer<OrderReading> order(String externalId, Connection connection);

    /**
     * Orders placed in the period, oldest first, page by page. The continuation survives orders that appear in or vanish
     * from the period meanwhile: none that stays is passed over, some may come twice.
     */
    Answer<OrderPage> placedWithin(Period period, @Nullable Cursor after, Connection connection);

    /**
     * Understands a document again that was kept, with what this version of Kontor knows. Asks nobody; personal values may
     * be masked.
     *
     * @return never {@link OrderReading.Gone}
     */
    OrderReading interpret(ObjectNode document, Instant asOf);

    Retention retention();

    /**
     * How long the marketplace can be asked.
     *
     * @param changes age at which a change leaves the log
     * @param orders age at which an order can no longer be listed
     * @param delay how much later than the fact a change may reasonably appear in the log
     */
    record Retention(Duration changes, Duration orders, Duration delay) {}

    /**
     * @param next where to go on; the cursor asked with where nothing was new
     * @param more whether asking again at once will bring more
     * @param watermark up to which instant every sale is known once this page is archived
     */
    record ChangePage(
            List<OrderChange> changes,
            List<UnreadableRecord> unreadable,
            @Nullable Cursor next,
            boolean more,
            Instant watermark) {
        public ChangePage {
            changes = List.copyOf(changes);
            unreadable = List.copyOf(unreadable);
        }
    }

    /**
     * @param type the marketplace's own word for what happened
     * @param changedAt the order's own time of its last change, as {@link MarketplaceOrder#updatedAt} would tell it; null
     *     where it is not told
     * @param sign what it tells of a sale; null where it tells too little, or of no sale
     */
    record OrderChange(
            String id,
            String order,
            String type,
            Instant occurredAt,
            @Nullable Instant changedAt,
            @Nullable FirstSign sign) {

        public OrderChange(String id, String order, String type, Instant occurredAt, @Nullable FirstSign sign) {
            this(id, order, type, occurredAt, null, sign);
        }

        public OrderChange(String id, String order, String type, Instant occurredAt) {
            this(id, order, type, occurredAt, null, null);
        }
    }

    record LogEnd(@Nullable Cursor position) {}

    /**
     * @param next continues the list, null at its end
     * @param total how many orders the marketplace says the whole period holds, null where it does not say
     */
    record OrderPage(
            List<MarketplaceOrder> orders,
            List<UnreadableRecord> unreadable,
            @Nullable Cursor next,
            @Nullable Long total) {
        public OrderPage {
            orders = List.copyOf(orders);
            unreadable = List.copyOf(unreadable);
        }
    }

    /** What asking for one order brought. */
    sealed interface OrderReading {
        record Found(MarketplaceOrder order) implements OrderReading {}

        /** The marketplace has no such order (any more): merged into another, too old, or not this seller's. */
        record Gone() implements OrderReading {}

        record Unreadable(UnreadableRecord unreadable) implements OrderReading {}
    }
}
