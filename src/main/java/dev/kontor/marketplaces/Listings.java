package dev.kontor.marketplaces;

import java.util.List;

import org.jmolecules.architecture.hexagonal.SecondaryPort;
import org.jspecify.annotations.Nullable;

/** Reads what the seller offers. Every call is a read and may be repeated. */
@SecondaryPort
public interface Listings {

    /**
     * All listings, page by page. None that is there all the while is passed over, some may come twice. The list may lag
     * behind, and may tell less of a listing than {@link #listing} does: it never proves that a write took effect.
     */
    Answer<ListingPage> all(@Nullable Cursor after, Connection connection);

    /** One listing as it is now, with everything that the marketplace tells of it. */
    Answer<ListingReading> listing(String externalId, Connection connection);

    /**
     * @param next continues the list, null at its end
     * @param total how many listings the marketplace says there are, null where it does not say
     */
    record ListingPage(
            List<Listing> listings,
            List<UnreadableRecord> unreadable,
            @Nullable Cursor next,
            @Nullable Long total) {
        public ListingPage {
            listings = List.copyOf(listings);
            unreadable = List.copyOf(unreadable);
        }
    }

    /** What asking for one listing brought. */
    sealed interface ListingReading {
        record Found(Listing listing) implements ListingReading {}

        /** The marketplace has no such listing (any more), or it is not this seller's. */
        record Gone() implements ListingReading {}

        record Unreadable(UnreadableRecord unreadable) implements ListingReading {}
    }
}
