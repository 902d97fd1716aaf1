package dev.kontor.inventory.allocation;

import java.time.Duration;
import java.util.Map;

import dev.kontor.accounts.AccountId;
import dev.kontor.inventory.ItemId;
import dev.kontor.inventory.ListingId;

/**
 * A listing that wants its share.
 *
 * @param each how many of which item one sale takes
 * @param exposure how many it may still sell without Kontor knowing
 * @param guarded whether it is told only what is kept for it, as things are now
 * @param perHour how many it sells
 * @param delay how long it takes, measured, until a sale elsewhere shows here
 */
public record Offered(
        ListingId listing,
        AccountId account,
        Map<ItemId, Long> each,
        Policy policy,
        long exposure,
        boolean guarded,
        double perHour,
        Duration delay) {

    public Offered {
        each = Map.copyOf(each);
        if (each.isEmpty() || each.values().stream().anyMatch(quantity -> quantity < 1)) {
            throw new IllegalArgumentException("listing " + listing + " takes no whole number of items");
        }
        if (exposure < 0 || !(perHour >= 0) || Double.isInfinite(perHour) || delay.isNegative()) {
            throw new IllegalArgumentException("listing " + listing + " has an impossible exposure, speed or delay");
        }
    }
}
