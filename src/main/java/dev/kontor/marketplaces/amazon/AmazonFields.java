package dev.kontor.marketplaces.amazon;

import java.util.Set;

import dev.kontor.marketplaces.DocumentFields;

/** The fields of an order as Amazon documents them, and whether they say something about a person. */
final class AmazonFields {

    static final DocumentFields ORDER = new DocumentFields(Set.of(), Set.of());

    private AmazonFields() {}
}
