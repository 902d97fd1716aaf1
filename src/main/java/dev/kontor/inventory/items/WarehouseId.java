package dev.kontor.inventory.items;

import java.util.UUID;

import org.jmolecules.ddd.types.Identifier;

public record WarehouseId(UUID value) implements Identifier {

    @Override
    public String toString() {
        return value.toString();
    }
}
