package dev.kontor.inventory.items;

import java.util.Optional;

import org.springframework.stereotype.Component;

import dev.kontor.inventory.ItemId;
import dev.kontor.inventory.Skus;

@Component
class ItemSkus implements Skus {

    private final Items items;

    ItemSkus(Items items) {
        this.items = items;
    }

    @Override
    public Optional<String> of(ItemId item) {
        return items.find(item).map(Item::sku);
    }
}
