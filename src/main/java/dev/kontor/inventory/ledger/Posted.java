package dev.kontor.inventory.ledger;

/** What became of an entry. */
public sealed interface Posted {

    record Written(Movement movement) implements Posted {}

    /** There is a movement of that key already; it may say something else. */
    record Repeated(Movement movement) implements Posted {}

    /** There are not that many, or it was counted before. */
    record Refused(long present) implements Posted {}
}
