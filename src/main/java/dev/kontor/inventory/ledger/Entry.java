package dev.kontor.inventory.ledger;

/**
 * A movement that is to be written.
 *
 * @param key makes it once, however often it is posted
 */
public record Entry(String key, StockAt at, MovementKind kind, Change change, Cause cause) {

    public sealed interface Change {

        record By(long present, long reserved) implements Change {}

        /** So many are there, whatever the ledger thinks. */
        record To(long present) implements Change {}

        /** The same, and refused where somebody has said it of the position already. */
        record First(long present) implements Change {}
    }
}
