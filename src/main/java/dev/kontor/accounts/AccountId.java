package dev.kontor.accounts;

import java.util.UUID;

import org.jmolecules.ddd.types.Identifier;

public record AccountId(UUID value) implements Identifier {

    @Override
    public String toString() {
        return value.toString();
    }
}
