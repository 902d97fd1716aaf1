package dev.kontor.inventory.publication;

import dev.kontor.marketplaces.Lane;

/** What is to be done next for a listing; the database derives it from the row. Each kind has its own place in the queue. */
enum Work {
    ZERO(Lane.STOCK_TO_ZERO),
    DECREASE(Lane.STOCK_DECREASE),
    INCREASE(Lane.STOCK_INCREASE),
    /** Ask what became of a zero. */
    RESOLVE_ZERO(Lane.STOCK_TO_ZERO),
    /** Ask what became of another write. */
    RESOLVE(Lane.STOCK_DECREASE),
    /** See that buyers are shown nothing any more. */
    READ_ZERO(Lane.LIVE_ORDERS),
    /** See what buyers are shown. */
    READ(Lane.STOCK_INCREASE);

    private final Lane lane;

    Work(Lane lane) {
        this.lane = lane;
    }

    Lane lane() {
        return lane;
    }

    boolean writes() {
        return this == ZERO || this == DECREASE || this == INCREASE;
    }
}
