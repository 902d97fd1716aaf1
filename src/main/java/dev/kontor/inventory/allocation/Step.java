package dev.kontor.inventory.allocation;

import org.jspecify.annotations.Nullable;

import dev.kontor.inventory.ItemId;
import dev.kontor.inventory.allocation.Policy.Level;

/**
 * A term of a quantity.
 *
 * @param quantity by which the number changes here
 * @param item whose stock is meant: of several the one of which there is least
 * @param level of the policy that asked for it; null where it was none, or Kontor's own default
 */
public record Step(
        Kind kind,
        long quantity,
        @Nullable ItemId item,
        @Nullable Level level) {

    public enum Kind {
        /** Units of the item that are there and not spoken for. */
        AVAILABLE,
        /** By what a count has changed that which is not believed yet. */
        DOUBTED,
        /** Units of it that the listing leaves alone. */
        BUFFER,
        /** Nobody shows fewer than none. */
        NONE_BELOW_ZERO,
        /** One sale takes several units of the item: so many fewer sales. */
        UNITS_PER_SALE,
        /** More than the policy wants to show. */
        MAXIMUM,
        /** Fewer than the policy wants to show. */
        MINIMUM,
        PAUSED,
        /** Kept for the other listings. */
        OTHER_LISTINGS
    }
}
