package dev.kontor.inventory.reading;

import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.kontor.inventory.Stockroom;
import dev.kontor.inventory.listings.Proposal;
import dev.kontor.inventory.listings.Proposal.State;
import dev.kontor.marketplaces.FakeMarketplace.Operation;
import dev.kontor.marketplaces.Listings.ListingPage;

import static dev.kontor.marketplaces.FakeListing.aListing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

/** Which item a listing is found to sell, and what is proposed. */
class ListingLinkingModuleTests extends ListingReadingFixture {

    @Test
    void linksBySkuAndLetsTwoListingsSellOneItem() {
        var mug = stockroom.anItem();
        shop.list(aListing("offer-1", mug.sku(), 5));
        shop.list(aListing("offer-2", mug.sku(), 3));

        read();

        awaitLink("offer-1", mug);
        awaitLink("offer-2", mug);
    }

    @Test
    void linksByEanOnlyWhereOneItemHasIt() {
        var mug = anItem(Stockroom.aSku(), anEan());
        var ambiguous = anEan();
        var red = anItem(Stockroom.aSku(), ambiguous);
        var blue = anItem(Stockroom.aSku(), ambiguous);
        shop.list(aListing("offer-1", null, 5).withEan(mug.ean().digits()));
        shop.list(aListing("offer-2", null, 5).withEan(ambiguous));

        read();

        awaitLink("offer-1", mug);
        await().untilAsserted(() -> assertThat(proposals.of(listing("offer-2").id()))
                .extracting(Proposal::item, Proposal::evidence, Proposal::state)
                .containsExactlyInAnyOrder(
                        tuple(red.id(), "the same EAN", State.OPEN), tuple(blue.id(), "the same EAN", State.OPEN)));
        assertThat(listing("offer-2").link()).isNull();
    }

    @Test
    void proposesBothWhereSkuAndEanSpeakOfDifferentItems() {
        var bySku = stockroom.anItem();
        var byEan = anItem(Stockroom.aSku(), anEan());
        shop.list(aListing("offer-1", bySku.sku(), 5).withEan(byEan.ean().digits()));

        read();

        await().untilAsserted(() -> assertThat(proposals.of(listing("offer-1").id()))
                .extracting(Proposal::item, Proposal::state)
                .containsExactlyInAnyOrder(tuple(bySku.id(), State.OPEN), tuple(byEan.id(), State.OPEN)));
        assertThat(listing("offer-1").link()).isNull();
    }

    @Test
    void asksOnceForAnEanThatTheListDoesNotTell() {
        var mug = anItem(Stockroom.aSku(), anEan());
        shop.list(aListing("offer-1", null, 5).withEan(mug.ean().digits()));
        var listed = aListing("offer-1", null, 5).read(Instant.now());
        shop.misleadNext(Operation.LISTINGS, new ListingPage(List.of(listed), List.of(), null, null));

        read();

        awaitLink("offer-1", mug);
        read();
        assertThat(shop.calls(Operation.LISTING)).isEqualTo(1);
        assertThat(listing("offer-1").ean()).isEqualTo(mug.ean().digits());
    }

    @Test
    void anItemThatComesLateIsFoundByTheListingsEan() {
        var ean = anEan();
        shop.list(aListing("offer-1", null, 5).withEan(ean));
        read();

        awaitLink("offer-1", anItem(Stockroom.aSku(), ean));
    }

    @Test
    void aRenamedSkuChangesNoLinkAndIsEvidence() {
        var mug = stockroom.anItem();
        var cup = stockroom.anItem();
        shop.list(aListing("offer-1", mug.sku(), 5));
        read();
        awaitLink("offer-1", mug);
        shop.list(aListing("offer-1", cup.sku(), 5));

        read();

        assertThat(listing("offer-1").sku()).isEqualTo(cup.sku());
        assertThat(listing("offer-1").link().item()).isEqualTo(mug.id());
        var changed = "the marketplace changed its SKU from " + mug.sku() + " to " + cup.sku();
        assertThat(proposals.of(listing("offer-1").id()))
                .extracting(Proposal::item, Proposal::evidence, Proposal::state)
                .containsExactlyInAnyOrder(
                        tuple(mug.id(), "the same SKU; " + changed, State.ACCEPTED),
                        tuple(cup.id(), changed + ", which is the item's", State.OPEN));
    }
}
