package dev.kontor.inventory.oversells;

/** Why more was sold than is there. What comes first says more. */
public enum Cause {
    /** The listing sold more than Kontor had let it show: the number was raised at the marketplace. */
    SHOWED_MORE(
            "The listing sold more than Kontor had let it show. The number was raised at the marketplace, by somebody's"
                    + " hand or by what Kontor has not heard of, such as a cancellation."),
    /** The listing did, or may have, and the marketplace puts units of cancelled orders on sale again. */
    PUT_BACK("An order was cancelled, and the marketplace put its units on sale again by itself."),
    /** The listing did, or may have, and a write of which the outcome was never known may have taken effect late. */
    WRITE_IN_DOUBT("What became of an earlier write was not known; it may have taken effect late."),
    /** The earlier one of two sales was not known yet when the later one was made. */
    NOT_HEARD(
            "The units were sold in two places, and when the later sale was made Kontor had not heard of the earlier one."),
    /** The earlier sale was known, but not what it sold. */
    NOT_MATCHED(
            "The units were sold in two places, and nobody had said what the listing sells by which the earlier sale was"
                    + " made."),
    /** Kontor may not write to the account. */
    OBSERVED("Kontor only observes the account and had not been allowed to write the lower number."),
    /** The account could not be written to. */
    INACTIVE(
            "The account was paused or not connected when this sale was made, and the lower number could not be written."),
    /** The lower number was held back. */
    HELD("The lower number was held back by a plan that nobody had approved when this sale was made."),
    /** It was sent, and the marketplace did not take it. */
    REFUSED("The lower number had been sent, and the marketplace had not taken it when this sale was made."),
    /** The lower number was known and not sent yet. */
    NOT_WRITTEN("Kontor knew that there were fewer, and had not sent the lower number when this sale was made."),
    /** It was sent and not done yet. */
    NOT_APPLIED("The lower number had been sent, and the marketplace had not confirmed it when this sale was made."),
    /** The marketplace said that it was done, and nobody had seen it yet. */
    NOT_VERIFIED("The marketplace had confirmed the lower number, but buyers had not been seen to be shown it."),
    /** A number was written over a sale that nobody had told of, or a sale was taken for what a write had done. */
    OVERWRITTEN(
            "A number was written while a sale of the same listing was not known yet, and put its units back on sale."),
    /** By a count or correction there are fewer than had been sold already. */
    TAKEN_AWAY("A count or correction left fewer units than had been sold already."),
    /** Nothing on record explains it. */
    UNEXPLAINED("Nothing on record explains it.");

    private final String sentence;

    Cause(String sentence) {
        this.sentence = sentence;
    }

    public String sentence() {
        return sentence;
    }
}
