package dev.kontor.inventory;

import java.util.UUID;

import org.jmolecules.ddd.types.Identifier;

/** Of units that were sold and are not there. */
public record OversellId(UUID value) implements Identifier {

    @Override
    public String toString() {
        return value.toString();
    }
}
