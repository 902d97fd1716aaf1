package dev.kontor.inventory.truth;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.springframework.stereotype.Component;

import dev.kontor.accounts.AccountId;
import dev.kontor.inventory.items.Bundles;
import dev.kontor.inventory.items.Bundles.Content;
import dev.kontor.inventory.ledger.Positions;
import dev.kontor.inventory.listings.Listing;
import dev.kontor.inventory.listings.Listing.Link;
import dev.kontor.inventory.listings.Listings;
import dev.kontor.inventory.listings.Listings.Filter;

/** Holds what an account's listings show against the ledger. */
@Component
class Comparisons {

    private final Listings listings;
    private final Bundles bundles;
    private final Positions positions;

    Comparisons(Listings listings, Bundles bundles, Positions positions) {
        this.listings = listings;
        this.bundles = bundles;
        this.positions = positions;
    }

    /** Of linked listings that are sent from the seller's own shelf and are not gone. */
    List<Comparison> of(AccountId account) {
        var linked = new ArrayList<Listing>();
        listings.forEach(new Filter(account, null, true), listing -> {
            if (!listing.gone() && !listing.fulfilledByMarketplace()) {
                linked.add(listing);
            }
        });
        var contents = bundles.contents(
                linked.stream().map(it -> link(it).item()).distinct().toList());
        var sold = contents.values().stream()
                .flatMap(List::stream)
                .map(Content::item)
                .distinct()
                .toList();
        var stock = positions.of(sold);
        stock.keySet().retainAll(positions.firstCounts(sold).keySet()); // what orders did tells of no others
        return linked.stream()
                .map(listing -> Comparison.of(
                        listing,
                        link(listing).units(),
                        contents.getOrDefault(link(listing).item(), List.of()),
                        stock))
                .toList();
    }

    private static Link link(Listing listing) {
        return Objects.requireNonNull(listing.link());
    }
}
