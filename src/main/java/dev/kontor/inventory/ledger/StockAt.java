package dev.kontor.inventory.ledger;

import java.util.Comparator;

import dev.kontor.inventory.ItemId;
import dev.kontor.inventory.items.WarehouseId;

/** Which stock is meant. */
public record StockAt(ItemId item, WarehouseId warehouse, StockType type) {

    /** In which everybody locks them. */
    static final Comparator<StockAt> ORDER = Comparator.comparing(
                    (StockAt at) -> at.item().toString())
            .thenComparing(at -> at.warehouse().toString())
            .thenComparing(StockAt::type);

    public static StockAt own(ItemId item, WarehouseId warehouse) {
        return new StockAt(item, warehouse, StockType.OWN);
    }
}
