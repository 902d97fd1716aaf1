package dev.kontor.inventory.allocation;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.kontor.inventory.ItemId;
import dev.kontor.inventory.ListingId;
import dev.kontor.inventory.allocation.Policy.Level;

/**
 * A term of a quantity.
 *
 * @param quantity by which the number changes here
 * @param item whose stock is meant: of several the one of which there is least
 * @param level of the policy that asked for it; null where it was none, or Kontor's own default
 * @param others for which units are kept; null of any other term, and of those from before it was written down
 */
public record Step(
        Kind kind,
        long quantity,
        @Nullable ItemId item,
        @Nullable Level level,
        @Nullable Others others) {

    public Step(Kind kind, long quantity, @Nullable ItemId item, @Nullable Level level) {
        this(kind, quantity, item, level, null);
    }

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

    /** So many units of the item are for the listing. */
    public record Holder(ListingId listing, long units) {}

    /**
     * @param most that hold units, whoever holds most first
     * @param rest how many more listings hold some
     */
    public record Others(List<Holder> most, long rest) {

        public Others {
            most = List.copyOf(most);
        }
    }
}
