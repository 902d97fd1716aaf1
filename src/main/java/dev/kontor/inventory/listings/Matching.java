package dev.kontor.inventory.listings;

import java.time.Clock;
import java.util.List;
import java.util.Optional;

import org.springframework.stereotype.Component;

import dev.kontor.inventory.items.Gtin;
import dev.kontor.inventory.items.Item;
import dev.kontor.inventory.items.Items;
import dev.kontor.inventory.listings.Listing.Link;
import dev.kontor.inventory.listings.Proposal.State;

/**
 * Finds out what a listing sells: the item with its SKU, else the only item with the EAN that its SKU is. Whatever is less
 * certain is proposed.
 */
@Component
public class Matching {

    private static final String KONTOR = "matching";
    private static final int MOST = 5;

    private final Items items;
    private final Listings listings;
    private final Proposals proposals;
    private final Clock clock;

    Matching(Items items, Listings listings, Proposals proposals, Clock clock) {
        this.items = items;
        this.listings = listings;
        this.proposals = proposals;
        this.clock = clock;
    }

    /** Joins the caller's transaction. A listing of which something was decided is left to people. */
    public Optional<Link> match(Listing listing) {
        if (listing.link() != null) {
            return Optional.of(listing.link());
        }
        var sku = listing.sku();
        if (sku == null || decided(listing)) {
            return Optional.empty();
        }
        var same = items.bySku(List.of(sku)).get(sku);
        if (same != null) {
            return Optional.of(link(listing, same, "the same SKU"));
        }
        var byEan = Gtin.parse(sku).map(items::byEan).orElse(List.of());
        if (byEan.size() == 1) {
            return Optional.of(link(listing, byEan.getFirst(), "its SKU is the item's EAN"));
        }
        byEan.forEach(item -> propose(listing, item, "its SKU is the item's EAN, and that of other items"));
        items.list(new Items.Filter(null, null, sku.strip()), null, MOST).stream()
                .filter(item -> item.sku().equalsIgnoreCase(sku.strip()))
                .forEach(item -> propose(listing, item, "nearly the same SKU"));
        return Optional.empty();
    }

    private boolean decided(Listing listing) {
        return proposals.of(listing.id()).stream().anyMatch(it -> it.decidedBy() != null);
    }

    private Link link(Listing listing, Item item, String evidence) {
        var link = new Link(item.id(), 1, KONTOR);
        listings.link(listing.id(), link);
        proposals.add(listing.id(), item.id(), evidence, State.ACCEPTED, KONTOR, clock.instant());
        return link;
    }

    private void propose(Listing listing, Item item, String evidence) {
        proposals.add(listing.id(), item.id(), evidence, State.OPEN, null, clock.instant());
    }
}
