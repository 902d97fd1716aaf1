package dev.kontor.marketplaces;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One order as a marketplace gave it: what Kontor understands of it, and the whole document.
 *
 * @param externalId the marketplace's id of the order
 * @param number what people call it; the id where there is no other
 * @param marketplaceStatus the marketplace's own status, as it came
 * @param placedAt the time by which {@link OrderFeed#placedWithin} lists it
 * @param updatedAt the marketplace's own time of change, null where it has none
 * @param revision changes whenever the order does, null where the marketplace has none; equality only
 * @param asOf the order was like this at this instant or later: the time of asking, less the delay of a list that lags
 * @param document the marketplace's JSON, personal data included
 * @throws IllegalArgumentException for what no order can be and no database keeps; names the field and not the value
 */
public record MarketplaceOrder(
        String externalId,
        String number,
        OrderStatus status,
        String marketplaceStatus,
        Instant placedAt,
        @Nullable Instant updatedAt,
        Money total,
        List<Line> lines,
        @Nullable String revision,
        Instant asOf,
        Buyer buyer,
        ObjectNode document) {

    public MarketplaceOrder {
        lines = List.copyOf(lines);
        Sensible.time("placedAt", placedAt);
        if (updatedAt != null) {
            Sensible.time("updatedAt", updatedAt);
        }
        Sensible.amount("total", total);
    }

    /**
     * @param externalId unique within the account, also after orders were merged
     * @param sku the seller's own id of the goods, null where he gave none; not unique
     * @param fulfilledByMarketplace whether it leaves a warehouse of the marketplace, so that none of the seller's own
     *     stock is concerned
     */
    public record Line(
            String externalId,
            String offer,
            @Nullable String sku,
            String name,
            BigDecimal quantity,
            Money unitPrice,
            boolean fulfilledByMarketplace) {

        public Line(
                String externalId,
                String offer,
                @Nullable String sku,
                String name,
                BigDecimal quantity,
                Money unitPrice) {
            this(externalId, offer, sku, name, quantity, unitPrice, false);
        }

        public Line {
            Sensible.quantity("quantity", quantity);
            Sensible.amount("unitPrice", unitPrice);
        }
    }

    /**
     * @param id the marketplace's id of the buyer, null for a guest without one
     * @param searchable names, e-mail address, telephone number and login by which the order shall be found
     */
    public record Buyer(@Nullable String id, List<String> searchable) {
        public Buyer {
            searchable = List.copyOf(searchable);
        }

        @Override
        public String toString() {
            return "Buyer[masked]";
        }
    }

    /** What Kontor understands of it. */
    public MarketplaceOrder withoutDocument() {
        return new MarketplaceOrder(
                externalId,
                number,
                status,
                marketplaceStatus,
                placedAt,
                updatedAt,
                total,
                lines,
                revision,
                asOf,
                buyer,
                JsonNodeFactory.instance.objectNode());
    }

    @Override
    public String toString() {
        return "MarketplaceOrder[" + externalId + ", " + status + ", placedAt=" + placedAt + "]";
    }
}
