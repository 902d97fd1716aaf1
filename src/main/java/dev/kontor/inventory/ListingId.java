package dev.kontor.inventory;

import java.util.UUID;

import org.jmolecules.ddd.types.Identifier;

/** Kontor's own id of an offer on a marketplace, or of one of its variants. */
public record ListingId(UUID value) implements Identifier {

    @Override
    public String toString() {
        return value.toString();
    }
}
