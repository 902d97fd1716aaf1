package dev.kontor.inventory.truth;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.kontor.inventory.ItemId;
import dev.kontor.inventory.items.Bundles.Content;
import dev.kontor.inventory.ledger.Positions.Position;
import dev.kontor.inventory.ledger.StockType;
import dev.kontor.inventory.listings.Listing;

/**
 * What a linked listing shows, and how many of it the ledger has.
 *
 * @param kontor how many sales of it the available stock is good for; null where nobody has counted, which is not zero
 */
public record Comparison(
        Listing listing, @Nullable Integer shown, @Nullable Long kontor) {

    static Comparison of(Listing listing, int units, List<Content> contents, Map<ItemId, List<Position>> positions) {
        var reading = listing.reading();
        return new Comparison(listing, reading == null ? null : reading.quantity(), kontor(units, contents, positions));
    }

    private static @Nullable Long kontor(int units, List<Content> contents, Map<ItemId, List<Position>> positions) {
        Long fewest = null;
        for (var content : contents) {
            if (content.type().stocked()) {
                var own = positions.getOrDefault(content.item(), List.of()).stream()
                        .filter(position -> position.stock().type() == StockType.OWN)
                        .toList();
                if (own.isEmpty()) {
                    return null;
                }
                var available =
                        Math.max(0, own.stream().mapToLong(Position::available).sum());
                var sales = available / (content.quantity() * units);
                fewest = fewest == null ? sales : Math.min(fewest, sales);
            }
        }
        return fewest;
    }

    public boolean differs() {
        return shown != null && kontor != null && shown.longValue() != kontor;
    }

    long distance() {
        return shown == null || kontor == null ? 0 : Math.abs(shown - kontor);
    }
}
