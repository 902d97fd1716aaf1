package dev.kontor.sandbox.amazon;

import org.jspecify.annotations.Nullable;

/** A listing as it stands; changes under the shelf's lock alone. */
final class Stocked {

    /**
     * @param merchant whether the seller sends it, which also a quantity written by mistake makes so
     * @param submitted the quantity that was last written, whatever was sold since
     * @param suppressed hidden from buyers by Amazon whatever the quantity is
     * @param fulfillable what buyers can have of Amazon's warehouse
     */
    record Look(
            boolean merchant,
            int quantity,
            int submitted,
            @Nullable Integer leadTime,
            boolean suppressed,
            int fulfillable,
            int reserved,
            int inbound,
            long updatedAt) {

        int buyable() {
            return suppressed ? 0 : merchant ? quantity : fulfillable;
        }

        Look showing(int newQuantity, @Nullable Integer newLeadTime, long at) {
            return new Look(
                    true, newQuantity, newQuantity, newLeadTime, suppressed, fulfillable, reserved, inbound, at);
        }

        Look sold(int units, long at) {
            return merchant
                    ? new Look(
                            true, quantity - units, submitted, leadTime, suppressed, fulfillable, reserved, inbound, at)
                    : new Look(false, 0, 0, null, suppressed, fulfillable - units, reserved + units, inbound, at);
        }

        Look sent(int units, long at) {
            return new Look(
                    merchant,
                    quantity,
                    submitted,
                    leadTime,
                    suppressed,
                    fulfillable,
                    Math.max(0, reserved - units),
                    inbound,
                    at);
        }
    }

    private final Ware ware;
    private Look look;

    Stocked(Ware ware, Look look) {
        this.ware = ware;
        this.look = look;
    }

    Ware ware() {
        return ware;
    }

    Look look() {
        return look;
    }

    void look(Look next) {
        look = next;
    }
}
