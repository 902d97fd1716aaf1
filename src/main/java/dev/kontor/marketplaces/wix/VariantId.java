package dev.kontor.marketplaces.wix;

import org.jspecify.annotations.Nullable;

/**
 * What is sold and counted: a product, or one of its variants. The older catalog gives the variant of a product that has
 * none an id of zeros, and orders may leave it out: both mean the product.
 */
record VariantId(String product, @Nullable String variant) {

    private static final String NONE = "00000000-0000-0000-0000-000000000000";

    static VariantId of(String product, @Nullable String variant) {
        return new VariantId(product, variant == null || variant.isBlank() || variant.equals(NONE) ? null : variant);
    }

    /** Reads what {@link #text} wrote. */
    static VariantId parse(String text) {
        var separator = text.indexOf('/');
        return separator < 0
                ? new VariantId(text, null)
                : of(text.substring(0, separator), text.substring(separator + 1));
    }

    /** As orders' lines and listings name it. */
    String text() {
        return variant == null ? product : product + "/" + variant;
    }

    /** As the catalogs want to be asked. */
    String variantOrZeros() {
        return variant == null ? NONE : variant;
    }
}
