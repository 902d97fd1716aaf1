package dev.kontor.marketplaces;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.kontor.marketplaces.Listings.ListingPage;
import dev.kontor.marketplaces.Listings.ListingReading;
import dev.kontor.marketplaces.Stage.Oddity;

import static org.assertj.core.api.Assertions.assertThat;

/** What every adapter must do with listings: tell of all of them, read one. */
abstract class ListingContract extends OrderContract {

    Listings listings() {
        return marketplace.listings().orElseThrow();
    }

    List<Listing> allListings(@Nullable Cursor after, Consumer<ListingPage> betweenPages) {
        var all = new ArrayList<Listing>();
        var position = after;
        do {
            var page = ok(listings().all(position, connection));
            all.addAll(page.listings());
            position = page.next();
            betweenPages.accept(page);
        } while (position != null);
        return all;
    }

    Listing foundListing(String id) {
        var reading = ok(listings().listing(id, connection));
        assertThat(reading).isInstanceOf(ListingReading.Found.class);
        return ((ListingReading.Found) reading).listing();
    }

    @Test
    void hasListingsWhereItSaysSo() {
        var capabilities = marketplace.capabilities();

        assertThat(marketplace.listings().isPresent())
                .isEqualTo(capabilities.has(Capability.LISTINGS))
                .isEqualTo(capabilities.has(Capability.LISTING_BY_ID));
    }

    @Test
    @Proves(Capability.LISTINGS)
    void listsEverythingThatTheSellerOffers() {
        var listed = allListings(null, page -> {});

        assertThat(new HashSet<>(listed.stream().map(Listing::externalId).toList()))
                .isEqualTo(stage.stock().keySet());
        assertThat(listed).allSatisfy(listing -> {
            assertThat(listing.name()).isNotBlank();
            assertThat(listing.status()).isNotEqualTo(Listing.Status.UNKNOWN);
            if (!listing.fulfilledByMarketplace()) {
                assertThat(listing.quantity()).isNotNull().isNotNegative();
            }
        });
        assertThat(listed).anySatisfy(listing -> assertThat(listing.sku()).isNotBlank());
    }

    @Test
    @Proves(Capability.LISTINGS)
    void goesOnWithListingsWhereAnEarlierPageEnded() {
        var first = ok(listings().all(null, connection));
        assertThat(first.next()).as("a second page").isNotNull();

        var rest = allListings(first.next(), page -> {});

        var all =
                new HashSet<>(first.listings().stream().map(Listing::externalId).toList());
        rest.forEach(listing -> all.add(listing.externalId()));
        assertThat(all).isEqualTo(stage.stock().keySet());
    }

    @Test
    @Proves(Capability.LISTINGS)
    void oneMalformedListingCostsOnlyItself() {
        var bad = stage.listOddly(Oddity.MALFORMED);
        var unreadable = new ArrayList<UnreadableRecord>();

        var listed = allListings(null, page -> unreadable.addAll(page.unreadable()));

        assertThat(bad).isNotEmpty();
        assertThat(listed).extracting(Listing::externalId).doesNotContainAnyElementsOf(bad);
        assertThat(new HashSet<>(listed.stream().map(Listing::externalId).toList()))
                .hasSize(stage.stock().size() - bad.size());
        assertThat(unreadable).isNotEmpty().allSatisfy(record -> {
            assertThat(record.kind()).isEqualTo("listing");
            assertThat(record.externalId()).isIn(bad);
            assertThat(record.reason()).isNotBlank();
            assertThat(record.raw()).isNotBlank();
        });
    }

    @Test
    @Proves(Capability.LISTINGS)
    void keepsAListingsFieldThatItDoesNotKnow() {
        var id = stage.listOddly(Oddity.UNKNOWN_FIELD).iterator().next();

        var listed = allListings(null, page -> {}).stream()
                .filter(listing -> listing.externalId().equals(id))
                .findFirst()
                .orElseThrow();

        assertThat(listed.document().propertyNames()).containsAnyElementsOf(stage.drift());
    }

    @Test
    @Proves(Capability.LISTINGS)
    void keepsAListingsStatusThatItDoesNotKnow() {
        var id = stage.listOddly(Oddity.UNKNOWN_STATUS).iterator().next();

        var listing = foundListing(id);

        assertThat(listing.status()).isEqualTo(Listing.Status.UNKNOWN);
        assertThat(listing.marketplaceStatus()).isNotBlank();
    }

    @Test
    @Proves(Capability.LISTING_BY_ID)
    void readsOneListingAsItIsNow() {
        var listed = allListings(null, page -> {}).stream()
                .filter(listing -> listing.status() == Listing.Status.ON_SALE)
                .filter(listing -> !listing.fulfilledByMarketplace())
                .findFirst()
                .orElseThrow();
        stage.sellerShows(listed.externalId(), 77);

        var alone = foundListing(listed.externalId());

        assertThat(alone.quantity()).isEqualTo(77);
        assertThat(alone.sku()).isEqualTo(listed.sku());
        assertThat(alone.name()).isEqualTo(listed.name());
        assertThat(alone.asOf()).isAfterOrEqualTo(listed.asOf());
    }

    @Test
    @Proves(Capability.LISTING_BY_ID)
    void saysThatAListingIsGone() {
        assertThat(ok(listings().listing("19999999999", connection))).isEqualTo(new ListingReading.Gone());
    }
}
