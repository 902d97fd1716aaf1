package dev.kontor.marketplaces.amazon;

import java.net.URI;
import java.util.Locale;

/** A part of the world with a host of its own; a seller's permission is for one of them. */
enum AmazonRegion {
    NA,
    EU,
    FE;

    URI host() {
        return URI.create("https://sellingpartnerapi-" + name().toLowerCase(Locale.ROOT) + ".amazon.com");
    }

    static AmazonRegion of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }
}
