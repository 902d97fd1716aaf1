package dev.kontor.marketplaces.amazon;

import java.util.ArrayList;
import java.util.HashSet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Answer.Rejected;
import dev.kontor.marketplaces.Cursor;
import dev.kontor.marketplaces.FulfilledStock.Holding;
import dev.kontor.marketplaces.Listing;
import dev.kontor.marketplaces.Listings.ListingReading;

import static org.assertj.core.api.Assertions.assertThat;

/** What Amazon tells of listings, and of what lies in its warehouses. */
class AmazonOfferTests extends AmazonStockFixture {

    // Listings

    @Test
    void asksAnewForListingsBeyondTheThousandthFromTheLastOnesInstantOn() {
        var first = "{\"numberOfResults\":1500,\"pagination\":{\"nextToken\":\"2\"},\"items\":[" + listing("A", MINE)
                + "]}";
        var last = "{\"numberOfResults\":1500,\"items\":[" + listing("B", MINE).replace("2026-01-01T", "2026-02-01T")
                + "]}";
        stub.on(ITEMS, 200, first).on(ITEMS, 200, last).on(ITEMS, 200, "{\"numberOfResults\":1,\"items\":[]}");

        var page = ok(listings.all(null, connection));
        var second = ok(listings.all(page.next(), connection));
        assertThat(page.total()).isEqualTo(1_500);
        assertThat(stub.asked().get(1).parameters()).containsEntry("pageToken", "2");

        ok(listings.all(second.next(), connection));
        assertThat(stub.asked().get(2).parameters())
                .containsEntry("createdAfter", "2026-02-01T00:00:00Z")
                .doesNotContainKey("pageToken");
    }

    @Test
    void saysSoWhereMoreListingsWereMadeAtOnceThanAmazonTells() {
        stub.on(ITEMS, 200, "{\"numberOfResults\":1500,\"items\":[" + listing("A", MINE) + "]}");

        assertThat(listings.all(new Cursor("2026-01-01T00:00:00Z|999|token"), connection))
                .isInstanceOf(Answer.Malformed.class);
        assertThat(ok(listings.all(new Cursor("2026-01-01T00:00:00Z|998|token"), connection))
                        .next())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "'\"BUYABLE\",\"DISCOVERABLE\"', 10, ON_SALE",
        "'\"DISCOVERABLE\"', 0, SOLD_OUT",
        "'\"DISCOVERABLE\"', 10, OFF_SALE",
        "'', 10, OFF_SALE",
        "'\"LEVITATING\"', 10, UNKNOWN"
    })
    void saysWhetherAListingIsOnSale(String statuses, int quantity, Listing.Status status) {
        stub.on(
                ITEMS + "/A",
                200,
                listing("A", MINE)
                        .replace("\"BUYABLE\"", statuses)
                        .replace("\"quantity\":10", "\"quantity\":" + quantity));

        assertThat(found("A").status()).isEqualTo(status);
    }

    @Test
    void tellsTheEanAndWhoSendsIt() {
        stub.on(ITEMS + "/A", 200, """
                {"sku":"A","fulfillmentAvailability":[{"fulfillmentChannelCode":"AMAZON_EU"}],"attributes":{
                "item_name":[{"value":"Mug"}],
                "externally_assigned_product_identifier":[{"type":"ean","value":"5901234123457"}]}}""");

        var listing = found("A");

        assertThat(listing.ean()).isEqualTo("5901234123457");
        assertThat(listing.name()).isEqualTo("Mug");
        assertThat(listing.fulfilledByMarketplace()).isTrue();
        assertThat(listing.quantity()).isNull();
        assertThat(stub.asked().getFirst().parameters()).containsEntry("marketplaceIds", "POLAND,GERMANY");
    }

    private Listing found(String sku) {
        var reading = ok(listings.listing(sku, connection));
        assertThat(reading).isInstanceOf(ListingReading.Found.class);
        return ((ListingReading.Found) reading).listing();
    }

    // Warehouses

    @Test
    void readsTheWarehousesOfOneMarketplaceAfterTheOther() {
        var path = "/fba/inventory/v1/summaries";
        stub.on(path, 200, summaries("A", ",\"pagination\":{\"nextToken\":\"t\"}"))
                .on(path, 200, summaries("B", ""))
                .on(path, 400, "{\"errors\":[{\"code\":\"InvalidInput\"}]}");

        var holdings = new ArrayList<Holding>();
        Cursor next = null;
        do {
            var page = ok(warehouses.all(next, connection));
            holdings.addAll(page.holdings());
            next = page.next();
        } while (next != null);

        assertThat(holdings)
                .containsExactly(
                        new Holding("A", "A", "POLAND", "FBA", 31, 4, 7, NOON),
                        new Holding("B", "B", "POLAND", "FBA", 31, 4, 7, NOON));
        assertThat(stub.asked())
                .extracting(it -> it.parameters().get("nextToken"))
                .containsExactly(null, "t", null);
        assertThat(new HashSet<>(stub.asked().stream()
                        .map(it -> it.parameters().get("granularityId"))
                        .toList()))
                .containsExactlyInAnyOrder("POLAND", "GERMANY");
    }

    private static String summaries(String sku, String more) {
        return """
                {"payload":{"inventorySummaries":[{"sellerSku":"%s","totalQuantity":42,"inventoryDetails":{
                "fulfillableQuantity":31,"inboundWorkingQuantity":9,"inboundShippedQuantity":5,
                "inboundReceivingQuantity":2,"reservedQuantity":{"totalReservedQuantity":4}}}]}%s}""".formatted(sku, more);
    }

    @Test
    void anEmptyWarehouseIsNotTakenForOneThatNobodyMayAskFor() {
        stub.on("/fba/inventory/v1/summaries", 400, "{\"errors\":[{\"code\":\"InvalidInput\"}]}");

        var first = ok(warehouses.all(null, connection));

        assertThat(warehouses.all(first.next(), connection)).isInstanceOf(Rejected.class);
    }

    @Test
    void anExpiredPositionMeansToBeginAgain() {
        stub.on("/fba/inventory/v1/summaries", 400, "{\"errors\":[{\"code\":\"InvalidInput\"}]}");

        assertThat(warehouses.all(new Cursor("0|used|old"), connection)).isInstanceOf(Rejected.class);
    }
}
