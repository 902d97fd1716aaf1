package dev.kontor.inventory;

import java.util.UUID;

import org.jmolecules.ddd.types.Identifier;

/** Of a mass change that waits for a person, or has waited. */
public record PlanId(UUID value) implements Identifier {

    @Override
    public String toString() {
        return value.toString();
    }
}
