package dev.kontor.marketplaces;

/** The seller behind an account: the marketplace's id for him and the name he goes by there. */
public record Seller(String id, String login) {}
