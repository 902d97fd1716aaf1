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

    /** The first ones lead to what a listing is to show, the others from there to what buyers are shown. */
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
        OTHER_LISTINGS,
        /** A plan keeps the change from being written until a person decides. */
        HELD,
        /** Kontor only observes the account. */
        OBSERVED,
        /** The account is paused, or not connected. */
        INACTIVE,
        /** Under escrow, where the marketplace takes plain values only, more is given when most of it is sold. */
        WITHHELD,
        /** Decided and not sent, or sent in vain. */
        NOT_WRITTEN,
        /** Sent, and buyers were not seen to be shown it. */
        IN_FLIGHT,
        /** Sold by then, and heard of later. */
        SOLD_UNHEARD,
        /** Read on the marketplace, and not of Kontor's doing: somebody's hand, or a sale of which nobody has told. */
        CHANGED_THERE,
        /** What it shows is nobody's business: it sells nothing that is counted, or is off sale, or its account unanswered. */
        LEFT_ALONE,
        /** What buyers are shown was not read by then. */
        NEVER_READ,
        /** What buyers were shown then is not on record, or a sale since was cancelled and nobody has looked again. */
        NOT_RECORDED
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
