package dev.kontor.inventory.ledger;

import java.time.Instant;

/**
 * Something that was written for good.
 *
 * @param number of the movement among those of its position, from 1 without a gap
 * @param present by how much it changed what is there
 * @param reserved by how much it changed what is spoken for
 */
public record Movement(
        StockAt stock,
        long number,
        String key,
        MovementKind kind,
        long present,
        long reserved,
        long presentAfter,
        long reservedAfter,
        Cause cause,
        Instant at) {

    /**
     * Whether it tells how many there are. What orders do says nothing of goods that nobody has counted, nor does what
     * must have been there for them to be sent.
     */
    public boolean tellsOfGoods() {
        return kind.said() && cause.order() == null;
    }

    public long availableAfter() {
        return presentAfter - reservedAfter;
    }

    /** Units that are sold and not there. */
    public long oversold() {
        return Math.max(0, -availableAfter());
    }

    /** The same before it. */
    public long oversoldBefore() {
        return Math.max(0, (reservedAfter - reserved) - (presentAfter - present));
    }
}
