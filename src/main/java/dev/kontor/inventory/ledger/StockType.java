package dev.kontor.inventory.ledger;

public enum StockType {
    OWN,
    /** In a marketplace's warehouse: Kontor is told of it and sells none of it elsewhere. */
    MARKETPLACE
}
