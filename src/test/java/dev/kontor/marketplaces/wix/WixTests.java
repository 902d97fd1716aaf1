package dev.kontor.marketplaces.wix;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.kontor.SettableClock;
import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Answer.Ok;
import dev.kontor.marketplaces.Answer.Rejected;
import dev.kontor.marketplaces.Answer.Unauthorized;
import dev.kontor.marketplaces.Answer.Unavailable;
import dev.kontor.marketplaces.Connection;
import dev.kontor.marketplaces.Credentials;
import dev.kontor.marketplaces.Cursor;
import dev.kontor.marketplaces.HttpStub;
import dev.kontor.marketplaces.Lane;
import dev.kontor.marketplaces.OrderFeed.OrderChange;
import dev.kontor.marketplaces.OrderFeed.OrderReading;
import dev.kontor.marketplaces.OrderStatus;
import dev.kontor.marketplaces.Period;
import dev.kontor.marketplaces.SeenDrift;
import dev.kontor.marketplaces.exchange.TestExchange;

import static org.assertj.core.api.Assertions.assertThat;

/** What the adapter makes of single answers that a simulation would not give on demand. */
class WixTests {

    private static final Instant NOON = Instant.parse("2026-11-02T12:00:00Z");
    private static final String SEARCH = "/ecom/v1/orders/search";
    private static final String TOKEN = "/oauth2/token";
    private static final String CATALOG = "/stores/v3/provision/version";
    private static final String INSTANCE = "0f5c9c64-52f7-4a39-8f0b-6f7a5b0e9d21";
    private static final String SITE = "a3c1f1d8-0a52-4f0e-b8b8-1d6f5e7c4b31";
    private static final UUID ACCOUNT = UUID.randomUUID();

    private final HttpStub stub = new HttpStub();
    private final WixProperties properties =
            new WixProperties(stub.url(), "the-app", "the-secret", "", 2, Duration.ofMinutes(5), Duration.ofDays(365));
    private final SettableClock clock = new SettableClock(NOON);
    private final TestExchange exchange = new TestExchange(clock, Map.of("kontor.exchange.retry.delay", "1ms"));
    private final WixCalls calls = new WixCalls(exchange.exchange(), exchange.clients(), properties);
    private final WixApp app = new WixApp(calls, properties);
    private final Wix wix = WixFixtures.wix(calls, app, properties, new SeenDrift(), clock);

    private final Connection byToken = with(Map.of("access_token", "the-token", "instanceId", INSTANCE));
    private final Connection byKey = with(Map.of("apiKey", "the-key", "siteId", SITE));

    @AfterEach
    void close() {
        stub.close();
    }

    // Who asks

    @Test
    void presentsATokenBareAndNamesNoSite() {
        stub.on(CATALOG, 200, "{\"catalogVersion\":\"V3_CATALOG\"}");

        assertThat(ok(wix.seller(byToken)).id()).isEqualTo(INSTANCE);

        var headers = stub.asked().getFirst().headers();
        assertThat(headers.get("Authorization")).containsExactly("the-token");
        assertThat(headers).doesNotContainKeys("Wix-site-id", "Wix-account-id");
    }

    @Test
    void presentsAKeyWithTheSiteAndNotTheAccount() {
        stub.on(CATALOG, 200, "{\"catalogVersion\":\"V1_CATALOG\"}");

        assertThat(ok(wix.seller(byKey)).id()).isEqualTo(SITE);

        var headers = stub.asked().getFirst().headers();
        assertThat(headers.get("Authorization")).containsExactly("the-key");
        assertThat(headers.get("Wix-site-id")).containsExactly(SITE);
        assertThat(headers).doesNotContainKey("Wix-account-id");
    }

    @Test
    void doesNotConnectASiteWithoutAShop() {
        stub.on(CATALOG, 200, "{\"catalogVersion\":\"STORES_NOT_INSTALLED\"}");

        assertThat(wix.seller(byKey))
                .isInstanceOfSatisfying(
                        Rejected.class, rejected -> assertThat(rejected.code()).isEqualTo("NO_STORE"));
    }

    @Test
    void keepsATokenAsLongAsWixSays() {
        stub.on(TOKEN, 200, "{\"access_token\":\"OauthNG.JWS.x\",\"token_type\":\"Bearer\",\"expires_in\":14400}");

        var credentials = ok(app.obtain(ACCOUNT, Map.of("instanceId", INSTANCE)));

        assertThat(credentials.expiresAt()).isEqualTo(NOON.plus(Duration.ofHours(4)));
        assertThat(stub.asked().getFirst().headers().get("Content-type").getFirst())
                .startsWith("application/json");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            404 | INSTANCE_NOT_FOUND | true
            403 | PERMISSION_DENIED  | true
            401 | invalid_client     | false""")
    void tellsARemovedAppFromAWrongSecret(int status, String code, boolean removed) {
        stub.on(TOKEN, status, removed ? anError(code) : "{\"error\":\"%s\"}".formatted(code));

        assertThat(app.renew(ACCOUNT, byToken.credentials()))
                .isInstanceOf(removed ? Unauthorized.class : Rejected.class);
    }

    @Test
    void asksNobodyWithoutAnAppOfItsOwn() {
        var none = new WixProperties(stub.url(), "", "", "", 2, Duration.ofMinutes(5), Duration.ofDays(365));

        assertThat(new WixApp(calls, none).obtain(ACCOUNT, Map.of("instanceId", INSTANCE)))
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.reason()).contains("KONTOR_WIX_APP_ID"));
        assertThat(stub.asked()).isEmpty();
    }

    // What is refused

    @ParameterizedTest
    @CsvSource({
        "401,UNAUTHENTICATED,UNAUTHENTICATED",
        "403,PERMISSION_DENIED,PERMISSION_DENIED",
        "428,ANYTHING,CATALOG_VERSION",
        "409,STALE,STALE"
    })
    void handsOnWixsOwnCodeAndNoneOfItsWords(int status, String code, String told) {
        stub.on(SEARCH, status, anError(code));

        var answer = wix.orders().changesSince(null, byKey);

        assertThat(answer).isInstanceOf(status == 401 ? Unauthorized.class : Rejected.class);
        assertThat(answer.failure()).contains(told).doesNotContain("jan@example.org");
    }

    @Test
    void believesOnlyWixThatAnOrderIsGone() {
        stub.on("/ecom/v1/orders/one", 404, anError("ORDER_NOT_FOUND"));
        stub.on("/ecom/v1/orders/two", 404, "<html>no such page</html>");

        assertThat(ok(wix.orders().order("one", byKey))).isEqualTo(new OrderReading.Gone());
        assertThat(wix.orders().order("two", byKey)).isInstanceOf(Unavailable.class);
    }

    // Orders

    /** As its listing is named, whatever the catalog writes for a product that has no variants. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"variantId":"variant-1"}                            | product-1/variant-1
            {"variantId":"00000000-0000-0000-0000-000000000000"} | product-1
            {"options":{"Color":"Red"}}                          | product-1
            {}                                                   | product-1""")
    void namesTheProductWhereThereIsNoVariant(String options, String offer) {
        var order = anOrder("one", NOON).replace("{\"variantId\":\"variant-1\"}", options);
        stub.on("/ecom/v1/orders/one", 200, "{\"order\":%s}".formatted(order));

        var found = ((OrderReading.Found) ok(wix.orders().order("one", byKey))).order();

        assertThat(found.lines())
                .singleElement()
                .extracting(line -> line.offer())
                .isEqualTo(offer);
    }

    @Test
    void readsAnOrder() {
        stub.on("/ecom/v1/orders/one", 200, "{\"order\":%s}".formatted(anOrder("one", NOON)));

        var order = ((OrderReading.Found) ok(wix.orders().order("one", byKey))).order();

        assertThat(order.number()).isEqualTo("10042");
        assertThat(order.status()).isEqualTo(OrderStatus.READY);
        assertThat(order.marketplaceStatus()).isEqualTo("APPROVED/PAID/NOT_FULFILLED");
        assertThat(order.placedAt()).isEqualTo(Instant.parse("2026-11-02T10:15:00.123Z"));
        assertThat(order.total().amount()).isEqualByComparingTo("44.98");
        assertThat(order.total().currency()).isEqualTo("EUR");
        assertThat(order.buyer().id()).isEqualTo("contact-1");
        assertThat(order.buyer().searchable()).contains("jan@example.org", "Jan", "Nowak", "+48500000000");
        assertThat(order.lines()).singleElement().satisfies(line -> {
            assertThat(line.externalId()).isEqualTo("one/00000000-0000-0000-0000-000000000001");
            assertThat(line.offer()).isEqualTo("product-1/variant-1");
            assertThat(line.sku()).isEqualTo("SKU-1");
            assertThat(line.quantity()).isEqualByComparingTo("2");
        });
        assertThat(wix.orderFields().unknown(order.document())).isEmpty();
        assertThat(wix.orderFields().split(order.document()).masked().toString())
                .doesNotContain("Nowak", "jan@example.org", "Prosta", "ring twice", "contact-1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '/', textBlock = """
            INITIALIZED/NOT_PAID/NOT_FULFILLED/PLACED
            PENDING/NOT_PAID/NOT_FULFILLED/UNPAID
            APPROVED/NOT_PAID/NOT_FULFILLED/UNPAID
            APPROVED/PAID/NOT_FULFILLED/READY
            APPROVED/NOT_PAID/PARTIALLY_FULFILLED/PROCESSING
            APPROVED/PAID/FULFILLED/SHIPPED
            APPROVED/FULLY_REFUNDED/FULFILLED/RETURNED
            CANCELED/FULLY_REFUNDED/NOT_FULFILLED/CANCELLED
            REJECTED/DECLINED/NOT_FULFILLED/CANCELLED
            APPROVED/PAID/TELEPORTED/UNKNOWN
            FROZEN/PAID/NOT_FULFILLED/UNKNOWN""")
    void understandsTheThreeStatuses(String order, String payment, String fulfillment, OrderStatus canonical) {
        assertThat(new WixStatus(order, payment, fulfillment).canonical()).isEqualTo(canonical);
    }

    // Changes

    @Test
    void looksBackBeforeTheLastChangeAndFollowsTheCursorAlone() {
        stub.on(SEARCH, 200, aPage("next-page", anOrder("one", NOON), anOrder("two", NOON.plusSeconds(1))));
        stub.on(SEARCH, 200, aPage("", anOrder("three", NOON.plusSeconds(2))));

        var first = ok(wix.orders().changesSince(new Cursor("2026-11-02T12:00:00.000Z|"), byKey));
        var second = ok(wix.orders().changesSince(first.next(), byKey));

        assertThat(first.more()).isTrue();
        assertThat(first.changes()).extracting(OrderChange::order).containsExactly("one", "two");
        assertThat(second.more()).isFalse();
        assertThat(second.next()).isEqualTo(new Cursor("2026-11-02T12:00:02.000Z|"));
        assertThat(stub.bodies().get(0))
                .contains("\"$gte\":\"2026-11-02T11:55:00.000Z\"", "\"fieldName\":\"updatedDate\"", "\"ASC\"");
        assertThat(stub.bodies().get(1)).contains("next-page").doesNotContain("filter", "sort");
    }

    @Test
    void beginsAnewWhereWixHasForgottenItsCursor() {
        stub.on(SEARCH, 400, anError("INVALID_CURSOR"));
        stub.on(SEARCH, 200, aPage("", anOrder("two", NOON.plusSeconds(1))));

        var page = ok(wix.orders().changesSince(new Cursor("2026-11-02T12:00:00.000Z|old-cursor"), byKey));

        assertThat(page.changes()).extracting(OrderChange::order).containsExactly("two");
        assertThat(stub.bodies().get(1))
                .contains("\"$gte\":\"2026-11-02T12:00:00.000Z\"")
                .doesNotContain("old-cursor");
    }

    @Test
    void listsAPeriodByItsOwnBounds() {
        stub.on(SEARCH, 200, aPage(""));

        ok(wix.orders().placedWithin(new Period(NOON, NOON.plusNanos(86_400_000_000_001L)), null, byKey));

        assertThat(stub.bodies().getFirst())
                .contains(
                        "createdDate", "\"$gte\":\"2026-11-02T12:00:00.000Z\"", "\"$lt\":\"2026-11-03T12:00:00.001Z\"");
    }

    @Test
    void aChangeWithoutATimeCostsOnlyItself() {
        stub.on(SEARCH, 200, aPage("", "{\"id\":\"odd\",\"updatedDate\":null}", anOrder("one", NOON)));

        var page = ok(wix.orders().changesSince(null, byKey));

        assertThat(page.changes()).extracting(OrderChange::order).containsExactly("one");
        assertThat(page.unreadable()).singleElement().satisfies(record -> {
            assertThat(record.externalId()).isEqualTo("odd");
            assertThat(record.reason()).contains("updatedDate");
        });
    }

    private static Connection with(Map<String, String> secrets) {
        return new Connection(ACCOUNT, new Credentials(secrets, null), Lane.LIVE_ORDERS);
    }

    private static <T> T ok(Answer<T> answer) {
        assertThat(answer).as(answer.failure()).isInstanceOf(Ok.class);
        return ((Ok<T>) answer).value();
    }

    private static String anError(String code) {
        return """
                {"message":"jan@example.org","details":{"applicationError":{"code":"%s","description":"jan@example.org","data":{}}}}""".formatted(code);
    }

    private static String aPage(String next, String... orders) {
        return "{\"orders\":[%s],\"metadata\":{\"count\":%d,\"hasNext\":%b,\"cursors\":{\"next\":\"%s\",\"prev\":\"\"}}}"
                .formatted(String.join(",", orders), orders.length, !next.isEmpty(), next);
    }

    private static String anOrder(String id, Instant updatedAt) {
        return """
                {"id":"%s","number":"10042","status":"APPROVED","paymentStatus":"PAID","fulfillmentStatus":"NOT_FULFILLED",
                 "archived":false,"imported":false,"createdDate":"2026-11-02T10:15:00.123Z","updatedDate":"%s",
                 "purchasedDate":"2026-11-02T10:15:00.123Z","currency":"EUR","taxIncludedInPrices":true,"weightUnit":"KG",
                 "buyerLanguage":"pl","siteLanguage":"en","checkoutId":"c9","purchaseFlowId":"p1","channelInfo":{"type":"WEB"},
                 "buyerInfo":{"visitorId":"v1","contactId":"contact-1","email":"jan@example.org"},"buyerNote":"ring twice",
                 "lineItems":[{"id":"00000000-0000-0000-0000-000000000001","productName":{"original":"Kubek","translated":"Kubek"},
                   "catalogReference":{"catalogItemId":"product-1","appId":"215238eb-22a5-4c36-9e7b-e7c08025e04e",
                     "options":{"variantId":"variant-1"}},
                   "quantity":2,"refundQuantity":0,"restockQuantity":0,"itemType":{"preset":"PHYSICAL"},
                   "physicalProperties":{"sku":"SKU-1","weight":0.4,"shippable":true},"paymentOption":"FULL_PAYMENT_ONLINE",
                   "price":{"amount":"19.99","formattedAmount":"19,99 €"},"priceBeforeDiscounts":{"amount":"24.99"},
                   "totalDiscount":{"amount":"10.00"},"totalPriceBeforeTax":{"amount":"32.50"},
                   "totalPriceAfterTax":{"amount":"39.98"},"lineItemPrice":{"amount":"39.98"},
                   "taxInfo":{"taxAmount":{"amount":"7.48"},"taxableAmount":{"amount":"32.50"},"taxRate":"0.23"},
                   "locations":[{"id":"l1","quantity":2}]}],
                 "priceSummary":{"subtotal":{"amount":"39.98"},"shipping":{"amount":"5.00"},"tax":{"amount":"8.41"},
                   "discount":{"amount":"0"},"totalAdditionalFees":{"amount":"0"},"total":{"amount":"44.98"}},
                 "billingInfo":{"address":{"country":"PL","subdivision":"PL-30","city":"Poznań","postalCode":"60-001",
                   "addressLine":"Prosta 1"},"contactDetails":{"firstName":"Jan","lastName":"Nowak","phone":"+48500000000",
                   "company":"","vatId":{"id":"5252674798","type":"UNSPECIFIED"}}},
                 "recipientInfo":{"contactDetails":{"firstName":"Jan"}},
                 "shippingInfo":{"code":"std","title":"Courier","logistics":{"shippingDestination":{"address":{"country":"PL"}},
                   "deliveryTime":"2 days"},"cost":{"price":{"amount":"5.00"}}},
                 "appliedDiscounts":[],"additionalFees":[],"customFields":[],
                 "activities":[{"id":"a1","createdDate":"2026-11-02T10:15:04.870Z","activityType":"ORDER_PAID"}],
                 "balanceSummary":{"balance":{"amount":"0"},"paid":{"amount":"44.98"},"refunded":{"amount":"0"}}}""".formatted(id, OrderSearch.TIME.format(updatedAt));
    }
}
