package dev.kontor.inventory;

import java.util.UUID;

import org.jmolecules.ddd.types.Identifier;

public record ItemId(UUID value) implements Identifier {

    @Override
    public String toString() {
        return value.toString();
    }
}
