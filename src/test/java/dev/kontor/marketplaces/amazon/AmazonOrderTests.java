package dev.kontor.marketplaces.amazon;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.kontor.marketplaces.Cursor;
import dev.kontor.marketplaces.MarketplaceOrder;
import dev.kontor.marketplaces.OrderFeed.OrderChange;
import dev.kontor.marketplaces.OrderStatus;
import dev.kontor.marketplaces.Period;

import static org.assertj.core.api.Assertions.assertThat;

/** What Kontor makes of orders that Amazon tells, of their changes and of the past. */
class AmazonOrderTests extends AmazonFixture {

    // Orders

    @Test
    void readsAnOrder() {
        var order = read(anOrder("UNSHIPPED", "MERCHANT", ""));

        assertThat(order.externalId()).isEqualTo("250-0000001-0000001");
        assertThat(order.status()).isEqualTo(OrderStatus.READY);
        assertThat(order.placedAt()).isEqualTo(Instant.parse("2026-11-02T10:15:00Z"));
        assertThat(order.updatedAt()).isEqualTo(Instant.parse("2026-11-02T11:40:11Z"));
        assertThat(order.total().amount()).isEqualByComparingTo("49.90");
        assertThat(order.total().currency()).isEqualTo("EUR");
        assertThat(order.buyer().searchable()).contains("Jan Nowak", "x1@marketplace.amazon.de", "+48500000000");
        assertThat(order.lines()).singleElement().satisfies(line -> {
            assertThat(line.externalId()).isEqualTo("250-0000001-0000001/10001");
            assertThat(line.offer()).isEqualTo("SKU-1");
            assertThat(line.sku()).isEqualTo("SKU-1");
            assertThat(line.quantity()).isEqualByComparingTo("2");
            assertThat(line.unitPrice().amount()).isEqualByComparingTo("24.95");
            assertThat(line.fulfilledByMarketplace()).isFalse();
        });
        assertThat(amazon.orderFields().unknown(order.document())).isEmpty();
        assertThat(amazon.orderFields().split(order.document()).masked().toString())
                .doesNotContain("Nowak", "x1@marketplace", "Prosta", "Happy birthday", "00-001", "TRACK-1");
    }

    @Test
    void asksForAllThatThereIsToKnowOfAnOrder() {
        read(anOrder("UNSHIPPED", "MERCHANT", ""));

        assertThat(stub.asked().getFirst().parameters().get("includedData"))
                .contains(
                        "BUYER", "RECIPIENT", "PROCEEDS", "FULFILLMENT", "PACKAGES", "CANCELLATION", "TAX", "PAYMENT");
    }

    @Test
    void aPendingOrderHasNoPriceYetAndNobodysName() {
        var order = read("""
                {"orderId":"250-0000001-0000001","createdTime":"2026-11-02T10:15:00Z",
                 "lastUpdatedTime":"2026-11-02T10:15:00Z","salesChannel":{"channelName":"AMAZON","marketplaceId":"%s"},
                 "fulfillment":{"fulfillmentStatus":"PENDING","fulfilledBy":"MERCHANT"},
                 "orderItems":[{"orderItemId":"10001","quantityOrdered":1,"product":{"sellerSku":"SKU-1"}}]}""".formatted(POLAND));

        assertThat(order.status()).isEqualTo(OrderStatus.UNPAID);
        assertThat(order.total().amount()).isZero();
        assertThat(order.total().currency()).isEqualTo("PLN");
        assertThat(order.buyer().searchable()).isEmpty();
        assertThat(order.lines().getFirst().quantity()).isEqualByComparingTo("1");
    }

    @Test
    void saysOfEachLineWhetherAmazonSendsIt() {
        assertThat(read(anOrder("UNSHIPPED", "AMAZON", "")).lines())
                .allSatisfy(line -> assertThat(line.fulfilledByMarketplace()).isTrue());
    }

    @Test
    void whatWasCancelledOfALineIsNotSoldAnyMore() {
        var cancelled = read(
                anOrder(
                        "UNSHIPPED",
                        "MERCHANT",
                        ",\"cancellation\":{\"cancellationExecution\":{\"cancelledBy\":\"BUYER\",\"cancelReason\":\"Jan Nowak\"}}"));

        assertThat(cancelled.lines().getFirst().quantity()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "PENDING_AVAILABILITY,PLACED",
        "PENDING,UNPAID",
        "UNSHIPPED,READY",
        "PARTIALLY_SHIPPED,PROCESSING",
        "SHIPPED,SHIPPED",
        "CANCELLED,CANCELLED",
        "UNFULFILLABLE,CANCELLED",
        "WAITING_FOR_DRONE,UNKNOWN"
    })
    void understandsEveryStatus(String status, OrderStatus canonical) {
        var order = read(anOrder(status, "AMAZON", ""));

        assertThat(order.status()).isEqualTo(canonical);
        assertThat(order.marketplaceStatus()).isEqualTo(status);
    }

    @Test
    void anOrderHasArrivedWhenAllItsPackagesHave() {
        var underWay = anOrder("SHIPPED", "MERCHANT", "");

        assertThat(read(underWay).status()).isEqualTo(OrderStatus.SHIPPED);
        stub.reset();
        assertThat(read(underWay.replace("IN_TRANSIT", "DELIVERED")).status()).isEqualTo(OrderStatus.DELIVERED);
    }

    // Changes

    @Test
    void followsChangesFromAnOverlapAndByTheSameQuestionFromPageToPage() {
        var feed = amazon(properties("the-application", Duration.ZERO)).orders();
        var start = new Cursor("2026-11-02T11:00:00Z||||");
        stub.on(SEARCH, 200, aSearch("next-page", anOrder("one", "2026-11-02T11:10:00Z")))
                .on(SEARCH, 200, aSearch(null, anOrder("two", "2026-11-02T11:05:00Z")));

        var first = ok(feed.changesSince(start, connection));
        var second = ok(feed.changesSince(first.next(), connection));

        assertThat(first.more()).isTrue();
        assertThat(second.more()).isFalse();
        assertThat(first.changes())
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("sign")
                .containsExactly(new OrderChange(
                        "one@2026-11-02T11:10:00Z",
                        "one",
                        "OrderUpdated",
                        Instant.parse("2026-11-02T11:10:00Z"),
                        Instant.parse("2026-11-02T11:10:00Z"),
                        null));
        assertThat(asked(0))
                .containsEntry("lastUpdatedAfter", "2026-11-02T10:55:00Z")
                .containsEntry("marketplaceIds", POLAND + "," + GERMANY)
                .doesNotContainKeys("createdAfter", "createdBefore", "lastUpdatedBefore", "paginationToken");
        assertThat(asked(1)).containsEntry("paginationToken", "next-page").containsAllEntriesOf(asked(0));
        assertThat(second.next()).isEqualTo(new Cursor("2026-11-02T11:10:00Z||||"));
    }

    @Test
    void beginsAnewWhereItsTokenIsTooOld() {
        var feed = amazon(properties("the-application", Duration.ZERO)).orders();
        stub.on(SEARCH, 400, anError("InvalidInput", "expired")).on(SEARCH, 200, aSearch(null));

        var page = ok(feed.changesSince(
                new Cursor("2026-11-02T11:00:00Z|2026-10-01T00:00:00Z|2026-11-02T11:30:00Z||old"), connection));

        assertThat(asked(1))
                .containsEntry("lastUpdatedAfter", "2026-11-02T10:55:00Z")
                .doesNotContainKey("paginationToken");
        assertThat(page.next()).isEqualTo(new Cursor("2026-11-02T11:00:00Z||||"));
    }

    @Test
    void knowsSalesUpToWhenAmazonLookedLessWhatItLearnsLate() {
        stub.on(SEARCH, 200, "{\"orders\":[],\"lastUpdatedBefore\":\"2026-11-02T11:58:00Z\"}");

        var page = ok(amazon.orders().changesSince(null, connection));

        assertThat(page.watermark()).isEqualTo(Instant.parse("2026-11-02T11:53:00Z"));
    }

    @Test
    void searchesNowAndThenOnlyAndTellsThePageAgainThatWasNotStored() {
        var start = new Cursor("2026-11-02T11:00:00Z||||");
        stub.on(SEARCH, 200, aSearch(null, anOrder("one", "2026-11-02T11:10:00Z")))
                .on(SEARCH, 200, aSearch(null, anOrder("two", "2026-11-02T12:03:00Z")));

        var first = ok(amazon.orders().changesSince(start, connection));
        var again = ok(amazon.orders().changesSince(start, connection));
        var stored = ok(amazon.orders().changesSince(first.next(), connection));

        assertThat(again).isEqualTo(first);
        assertThat(stored.changes()).isEmpty();
        assertThat(stored.next()).isEqualTo(first.next());
        assertThat(stored.watermark()).isEqualTo(first.watermark());
        assertThat(stub.asked()).hasSize(1);

        clock.advance(Duration.ofMinutes(5));

        assertThat(ok(amazon.orders().changesSince(first.next(), connection)).changes())
                .extracting(OrderChange::order)
                .containsExactly("two");
    }

    @Test
    void spendsNoSearchOnTheEndOfTheLog() {
        var end = ok(amazon.orders().end(connection)).position();

        assertThat(end).isEqualTo(new Cursor("2026-11-02T11:55:00Z||||"));
        assertThat(stub.asked()).isEmpty();
    }

    // History

    @Test
    void namesTheEndOfAPeriodOnlyWhereItLiesBackFarEnough() {
        stub.on(SEARCH, 200, aSearch(null));
        var past = new Period(NOON.minus(Duration.ofDays(2)), NOON.minus(Duration.ofDays(1)));
        var today = new Period(NOON.minus(Duration.ofHours(12)), NOON.plus(Duration.ofHours(12)));
        var tomorrow = new Period(NOON.plus(Duration.ofHours(12)), NOON.plus(Duration.ofHours(36)));

        ok(amazon.orders().placedWithin(past, null, connection));
        ok(amazon.orders().placedWithin(today, null, connection));
        assertThat(ok(amazon.orders().placedWithin(tomorrow, null, connection)).orders())
                .isEmpty();

        assertThat(stub.asked()).hasSize(2);
        assertThat(asked(0))
                .containsEntry("createdAfter", "2026-10-31T12:00:00Z")
                .containsEntry("createdBefore", "2026-11-01T12:00:00Z");
        assertThat(asked(1)).doesNotContainKey("createdBefore");
    }

    @Test
    void asksTheSameQuestionOnTheNextPageHoweverLateItIs() {
        var today = new Period(NOON.minus(Duration.ofHours(12)), NOON.plus(Duration.ofHours(1)));
        stub.on(SEARCH, 200, aSearch("next-page", anOrder("one", "2026-11-02T11:10:00Z")))
                .on(SEARCH, 200, aSearch(null));
        var first = ok(amazon.orders().placedWithin(today, null, connection));

        clock.advance(Duration.ofHours(3));
        ok(amazon.orders().placedWithin(today, first.next(), connection));

        assertThat(asked(1)).doesNotContainKey("createdBefore").containsEntry("paginationToken", "next-page");
    }

    @Test
    void goesOnWhereTheListWasReadToWhenItsTokenIsForgotten() {
        stub.on(SEARCH, 200, aSearch("p2", placed("one", "10:15:00"), placed("two", "10:20:00")))
                .on(SEARCH, 400, anError("InvalidInput", "expired"))
                .on(SEARCH, 200, aSearch(null));
        var day = new Period(NOON.minus(Duration.ofHours(12)), NOON.minus(Duration.ofHours(1)));
        var first = ok(amazon.orders().placedWithin(day, null, connection));

        ok(amazon.orders().placedWithin(day, first.next(), connection));

        assertThat(asked(2))
                .containsEntry("createdAfter", "2026-11-02T10:20:00Z")
                .containsEntry("createdBefore", "2026-11-02T11:00:00Z")
                .doesNotContainKey("paginationToken");
    }

    @Test
    void beginsAnewWhereTheListCameInNoOrder() {
        stub.on(SEARCH, 200, aSearch("p2", placed("two", "10:20:00"), placed("one", "10:15:00")))
                .on(SEARCH, 400, anError("InvalidInput", "expired"))
                .on(SEARCH, 200, aSearch(null));
        var day = new Period(NOON.minus(Duration.ofHours(12)), NOON.minus(Duration.ofHours(1)));
        var first = ok(amazon.orders().placedWithin(day, null, connection));
        assertThat(first.orders()).extracting(MarketplaceOrder::externalId).containsExactly("one", "two");

        ok(amazon.orders().placedWithin(day, first.next(), connection));

        assertThat(asked(2)).containsEntry("createdAfter", "2026-11-02T00:00:00Z");
    }
}
