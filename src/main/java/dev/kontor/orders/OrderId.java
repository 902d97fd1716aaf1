package dev.kontor.orders;

import java.util.UUID;

import org.jmolecules.ddd.types.Identifier;

public record OrderId(UUID value) implements Identifier {

    @Override
    public String toString() {
        return value.toString();
    }
}
