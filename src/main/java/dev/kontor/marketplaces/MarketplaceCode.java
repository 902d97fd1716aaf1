package dev.kontor.marketplaces;

import org.jmolecules.ddd.types.Identifier;

/** The short name of a marketplace in the API and the database, such as {@code allegro}: 2 to 32 of {@code a-z0-9-}. */
public record MarketplaceCode(String value) implements Identifier {

    public MarketplaceCode {
        if (!value.matches("[a-z][a-z0-9-]{1,31}")) {
            throw new IllegalArgumentException("not a marketplace code: " + value);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
