package dev.kontor.inventory.reservations;

import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.kontor.accounts.AccountId;
import dev.kontor.inventory.ItemId;
import dev.kontor.inventory.ListingId;
import dev.kontor.inventory.items.Bundles;
import dev.kontor.inventory.items.Bundles.Content;
import dev.kontor.inventory.listings.Listing.Link;
import dev.kontor.inventory.listings.Listings;
import dev.kontor.inventory.listings.Listings.Seen;
import dev.kontor.inventory.listings.Matching;
import dev.kontor.inventory.reservations.Claim.Goods;

/** What the listings sell that lines of orders name. */
@Component
class SoldListings {

    private final Listings listings;
    private final Matching matching;
    private final Bundles bundles;
    private final Clock clock;

    SoldListings(Listings listings, Matching matching, Bundles bundles, Clock clock) {
        this.listings = listings;
        this.matching = matching;
        this.bundles = bundles;
        this.clock = clock;
    }

    /**
     * @param known false where nobody knows yet what the listing sells of the seller's own stock
     * @param goods what it sells; null where nobody knows
     * @param each how many of which items on the shelf one sale takes; of some listings none
     */
    record Sold(ListingId listing, boolean known, @Nullable Goods goods, Map<ItemId, Long> each) {}

    /** By the marketplace's id of the offer. */
    Map<String, Sold> of(AccountId account, Collection<Demand> demands) {
        var offers = new HashMap<String, Seen>();
        demands.forEach(demand -> offers.putIfAbsent(demand.offer().externalId(), demand.offer()));
        var found = listings.seen(account, offers.values(), clock.instant());
        var links = matching.match(found.values());
        var contents = bundles.contents(
                links.values().stream().map(Link::item).distinct().toList());
        var sold = new HashMap<String, Sold>();
        found.forEach((offer, listing) -> {
            var each = new LinkedHashMap<ItemId, Long>();
            var link = links.get(listing.id());
            var own = !listing.fulfilledByMarketplace();
            if (own && link != null) {
                for (var content : contents.getOrDefault(link.item(), List.<Content>of())) {
                    if (content.type().stocked()) {
                        each.put(content.item(), content.quantity() * link.units());
                    }
                }
            }
            var goods = link == null ? null : new Goods(link.item(), link.units());
            sold.put(offer.externalId(), new Sold(listing.id(), link != null || !own, goods, each));
        });
        return sold;
    }
}
