package dev.kontor.sandbox.wix;

/** A moment in the life of an order, and how it stands from then on. */
record Stage(long at, String status, String payment, String fulfillment, String activity) {

    /** Abandoned before payment, or not yet past it: no search tells of it. */
    boolean hidden() {
        return status.equals("INITIALIZED");
    }

    boolean cancelled() {
        return status.equals("CANCELED");
    }
}
