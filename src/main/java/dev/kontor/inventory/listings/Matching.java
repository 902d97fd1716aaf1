package dev.kontor.inventory.listings;

import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.kontor.inventory.ItemId;
import dev.kontor.inventory.ListingId;
import dev.kontor.inventory.items.Gtin;
import dev.kontor.inventory.items.Item;
import dev.kontor.inventory.items.Items;
import dev.kontor.inventory.listings.Listing.Link;
import dev.kontor.inventory.listings.Proposal.State;

/**
 * Finds out what listings sell: the item with the listing's SKU, else the only item with its EAN, or with the EAN that its
 * SKU is. Whatever is less certain is proposed.
 */
@Component
public class Matching {

    private static final String KONTOR = "matching";

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

    /**
     * Joins the caller's transaction. A listing of which something was decided is left to people.
     *
     * @return the links of those that have one, whether it is new or not
     */
    public Map<ListingId, Link> match(Collection<Listing> wanted) {
        var links = new HashMap<ListingId, Link>();
        wanted.forEach(listing -> {
            if (listing.link() != null) {
                links.put(listing.id(), listing.link());
            }
        });
        var unlinked = wanted.stream().filter(listing -> listing.link() == null).toList();
        var decided = proposals.decided(unlinked.stream().map(Listing::id).toList());
        var open = unlinked.stream()
                .filter(listing -> !decided.contains(listing.id()))
                .filter(listing -> listing.sku() != null || listing.ean() != null)
                .toList();
        if (!open.isEmpty()) {
            var known = new Known(open);
            open.forEach(listing -> known.link(listing).ifPresent(link -> links.put(listing.id(), link)));
        }
        return links;
    }

    /** The items that some listings may sell. */
    private class Known {

        private final Map<String, Item> bySku;
        private final Map<Gtin, List<Item>> byEan;
        private final List<Item> nearly;

        Known(List<Listing> open) {
            var skus = open.stream()
                    .map(Listing::sku)
                    .filter(Objects::nonNull)
                    .map(String::strip)
                    .distinct()
                    .toList();
            this.bySku = items.bySku(skus);
            this.byEan = items.byEan(open.stream()
                    .flatMap(listing -> Stream.of(gtin(listing.ean()), gtin(listing.sku())))
                    .flatMap(Optional::stream)
                    .distinct()
                    .toList());
            this.nearly = items.withNearlySku(
                    skus.stream().filter(sku -> !bySku.containsKey(sku)).toList());
        }

        Optional<Link> link(Listing listing) {
            var sku = listing.sku() == null ? null : listing.sku().strip();
            var same = sku == null ? null : bySku.get(sku);
            var ofItsEan = gtin(listing.ean()).map(byEan::get).orElse(List.of());
            if (same != null && (ofItsEan.isEmpty() || ofItsEan.contains(same))) {
                return Optional.of(accept(listing, same.id(), "the same SKU"));
            }
            var evidence = new LinkedHashMap<ItemId, String>();
            if (same != null) {
                evidence.put(same.id(), "the same SKU, but its EAN is that of another item");
            }
            ofItsEan.forEach(item -> evidence.putIfAbsent(item.id(), "the same EAN"));
            gtin(sku)
                    .map(byEan::get)
                    .orElse(List.of())
                    .forEach(item -> evidence.putIfAbsent(item.id(), "its SKU is the item's EAN"));
            if (evidence.size() == 1) {
                var only = evidence.firstEntry();
                return Optional.of(accept(listing, only.getKey(), only.getValue()));
            }
            nearly.stream()
                    .filter(item -> item.sku().equalsIgnoreCase(sku))
                    .forEach(item -> evidence.putIfAbsent(item.id(), "nearly the same SKU"));
            evidence.forEach((item, why) -> propose(listing, item, why));
            return Optional.empty();
        }
    }

    /** The marketplace calls a listing otherwise than it did. A link stays; what speaks against it is written down. */
    public void renamed(Listing listing, @Nullable String sku) {
        if (listing.link() != null) {
            var named = sku == null ? null : items.bySku(List.of(sku.strip())).get(sku.strip());
            proposals.renamed(
                    listing,
                    listing.link(),
                    "the marketplace changed its SKU from " + listing.sku() + " to " + sku,
                    named == null ? null : named.id(),
                    clock.instant());
        }
    }

    private static Optional<Gtin> gtin(@Nullable String number) {
        return number == null ? Optional.empty() : Gtin.parse(number.strip());
    }

    private Link accept(Listing listing, ItemId item, String evidence) {
        var link = new Link(item, 1, KONTOR);
        listings.link(listing.id(), link);
        proposals.add(listing.id(), item, evidence, State.ACCEPTED, KONTOR, clock.instant());
        return link;
    }

    private void propose(Listing listing, ItemId item, String evidence) {
        proposals.add(listing.id(), item, evidence, State.OPEN, null, clock.instant());
    }
}
