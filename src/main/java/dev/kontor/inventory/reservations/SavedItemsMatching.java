package dev.kontor.inventory.reservations;

import java.util.stream.Collectors;

import org.springframework.modulith.events.ApplicationModuleListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;

import dev.kontor.inventory.ItemsSaved;
import dev.kontor.inventory.listings.Listing;
import dev.kontor.inventory.listings.Listings;

/** An item that comes late may be what some unlinked listings have been selling. */
@Component
class SavedItemsMatching {

    private final Listings listings;
    private final Linking linking;

    SavedItemsMatching(Listings listings, Linking linking) {
        this.listings = listings;
        this.linking = linking;
    }

    /** A transaction for each account, because nobody locks a second account while he holds positions. */
    @ApplicationModuleListener(propagation = Propagation.NOT_SUPPORTED)
    void on(ItemsSaved event) {
        listings.unlinked(event.numbers()).stream()
                .collect(Collectors.groupingBy(Listing::account, Collectors.mapping(Listing::id, Collectors.toList())))
                .forEach(linking::matchAgain);
    }
}
