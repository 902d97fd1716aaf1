package dev.kontor.marketplaces;

/** A position in a marketplace's change log or list. Only its adapter knows what is inside. */
public record Cursor(String value) {}
