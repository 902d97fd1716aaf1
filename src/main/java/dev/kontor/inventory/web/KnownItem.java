package dev.kontor.inventory.web;

import org.springframework.stereotype.Component;

import dev.kontor.api.Conflict;
import dev.kontor.api.NotFound;
import dev.kontor.inventory.items.Item;
import dev.kontor.inventory.items.Items;

/** Finds the item that an address names, by its SKU or its id. */
@Component
class KnownItem {

    private final Items items;

    KnownItem(Items items) {
        this.items = items;
    }

    Item get(String sku) {
        return items.find(sku).orElseThrow(() -> NotFound.of("item", sku));
    }

    Item stocked(String sku) {
        var item = get(sku);
        if (!item.type().stocked()) {
            throw new Conflict("item-without-stock", "An item of type " + item.type() + " has no stock of its own.");
        }
        return item;
    }
}
