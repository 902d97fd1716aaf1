package dev.kontor.orders;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.swagger.v3.oas.annotations.media.Schema;

import dev.kontor.accounts.AccountId;
import dev.kontor.marketplaces.MarketplaceCode;
import dev.kontor.marketplaces.MarketplaceOrder;
import dev.kontor.marketplaces.Money;
import dev.kontor.marketplaces.OrderStatus;
import dev.kontor.privacy.BuyerId;

/**
 * An order in the words that fit every marketplace.
 *
 * @param number what people call it
 * @param placedAt the time by which the marketplace lists it
 * @param version grows by one with every change that the archive saw; 0 where nothing is known but a first sign, which
 *     tells what was sold and no price, buyer or status
 * @param mergedInto the order that took over its lines, if any
 * @param goneAt since when the marketplace does not have it any more, if so
 */
public record OrderView(
        OrderId id,
        AccountId account,
        MarketplaceCode marketplace,
        String externalId,
        String number,
        OrderStatus status,
        String marketplaceStatus,
        Instant placedAt,
        @Nullable Instant updatedAt,
        Price total,
        List<Line> lines,
        @Nullable String revision,
        int version,
        BuyerId buyer,
        @Nullable OrderId mergedInto,
        @Nullable Instant goneAt,
        Instant archivedAt,
        Instant changedAt) {

    public OrderView {
        lines = List.copyOf(lines);
    }

    public OrderView withLines(List<Line> other) {
        return new OrderView(
                id,
                account,
                marketplace,
                externalId,
                number,
                status,
                marketplaceStatus,
                placedAt,
                updatedAt,
                total,
                other,
                revision,
                version,
                buyer,
                mergedInto,
                goneAt,
                archivedAt,
                changedAt);
    }

    /**
     * @param sku the seller's own id of the goods, if he gave one
     * @param fulfilledByMarketplace whether it leaves a warehouse of the marketplace and none of the seller's own stock
     */
    public record Line(
            @Schema(example = "62ae358b-8f65-4fc4-9c77-bedf604a2e2b")
            String externalId,

            @Schema(example = "14520187639") String offer,
            @Schema(example = "CUP-BLUE") @Nullable String sku,
            @Schema(example = "Blue cup") String name,
            BigDecimal quantity,
            Price unitPrice,
            boolean fulfilledByMarketplace) {

        public Line(
                String externalId,
                String offer,
                @Nullable String sku,
                String name,
                BigDecimal quantity,
                Price unitPrice) {
            this(externalId, offer, sku, name, quantity, unitPrice, false);
        }

        public Line {
            var plain = quantity.stripTrailingZeros();
            quantity = plain.scale() < 0 ? plain.setScale(0, RoundingMode.UNNECESSARY) : plain; // 2 rather than 2.000
        }

        public static Line of(MarketplaceOrder.Line line) {
            return new Line(
                    line.externalId(),
                    line.offer(),
                    line.sku(),
                    line.name(),
                    line.quantity(),
                    Price.of(line.unitPrice()),
                    line.fulfilledByMarketplace());
        }
    }

    /** @param amount a decimal with at least two digits after the point */
    public record Price(
            @Schema(example = "39.90") String amount,
            @Schema(example = "PLN") String currency) {

        public static Price of(Money money) {
            var plain = money.amount().stripTrailingZeros();
            var scaled = plain.scale() < 2 ? plain.setScale(2, RoundingMode.UNNECESSARY) : plain;
            return new Price(scaled.toPlainString(), money.currency());
        }
    }
}
