package dev.kontor.marketplaces.amazon;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.http.HttpHeaders;

import dev.kontor.SettableClock;
import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Answer.Ok;
import dev.kontor.marketplaces.Answer.Rejected;
import dev.kontor.marketplaces.Answer.Unauthorized;
import dev.kontor.marketplaces.Answer.Unavailable;
import dev.kontor.marketplaces.Connection;
import dev.kontor.marketplaces.Credentials;
import dev.kontor.marketplaces.Cursor;
import dev.kontor.marketplaces.Drift;
import dev.kontor.marketplaces.HttpStub;
import dev.kontor.marketplaces.HttpStub.Asked;
import dev.kontor.marketplaces.Lane;
import dev.kontor.marketplaces.MarketplaceCode;
import dev.kontor.marketplaces.MarketplaceOrder;
import dev.kontor.marketplaces.OrderFeed.OrderChange;
import dev.kontor.marketplaces.OrderFeed.OrderReading;
import dev.kontor.marketplaces.OrderStatus;
import dev.kontor.marketplaces.Period;
import dev.kontor.marketplaces.exchange.TestExchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

/** What the adapter makes of single answers that a simulation would not give on demand. */
class AmazonTests {

    private static final Instant NOON = Instant.parse("2026-11-02T12:00:00Z");
    private static final String SEARCH = "/orders/2026-01-01/orders";
    private static final String TOKEN = "/auth/o2/token";
    private static final String PARTICIPATIONS = "/sellers/v1/marketplaceParticipations";
    private static final String GERMANY = "A1PA6795UKMFR9";
    private static final String POLAND = "A1C3SOZRARQ6R3";
    private static final UUID ACCOUNT = UUID.randomUUID();

    private final HttpStub stub = new HttpStub();
    private final SettableClock clock = new SettableClock(NOON);
    private final AmazonProperties properties = properties("the-application", Duration.ofMinutes(5));
    private final TestExchange exchange = new TestExchange(
            clock,
            Map.of(
                    "kontor.exchange.retry.delay", "1ms",
                    "kontor.exchange.limits.amazon.order.burst", "100",
                    "kontor.exchange.limits.amazon.order.per-minute", "600000",
                    "kontor.exchange.limits.amazon.tokens.burst", "100",
                    "kontor.exchange.limits.amazon.tokens.per-minute", "600000"));
    private final AmazonCalls calls = new AmazonCalls(exchange.exchange(), exchange.clients(), properties, clock);
    private final AmazonGrant grant = new AmazonGrant(calls, properties);
    private final Amazon amazon = amazon(properties);

    private final Connection connection = new Connection(
            ACCOUNT,
            new Credentials(
                    Map.of(
                            "access_token", "Atza|the-token",
                            "refreshToken", "Atzr|the-refresh-token",
                            "sellerId", "A2SELLER00001",
                            "region", "eu",
                            "marketplaceIds", POLAND + ", " + GERMANY),
                    NOON.plus(Duration.ofHours(1))),
            Lane.LIVE_ORDERS);

    private AmazonProperties properties(String client, Duration searchInterval) {
        return new AmazonProperties(
                client,
                "the-secret",
                stub.url(),
                stub.url(),
                "0.1.0",
                2,
                Duration.ofMinutes(2),
                Duration.ofMinutes(5),
                searchInterval,
                Duration.ofDays(730),
                AmazonProperties.Queue.NONE);
    }

    private Amazon amazon(AmazonProperties settings) {
        var feed = new AmazonOrderFeed(
                calls,
                settings,
                new AmazonReader(new NoDrift(), settings),
                new AmazonQueue(settings, new NoDrift(), clock),
                clock);
        return PutTogether.of(
                        calls, settings, new AmazonListingProperties(20, Duration.ofMinutes(15)), new NoDrift(), clock)
                .amazon(calls, grant, feed);
    }

    @AfterEach
    void close() {
        stub.close();
    }

    @Test
    void isSilentForASecondAfterARefusalOfWhatIsOftenPermittedAndForAMinuteAfterOneOfWhatIsNot() {
        assertThat(AmazonLimits.LISTING.silence()).isEqualTo(Duration.ofSeconds(1));
        assertThat(AmazonLimits.ORDER.silence()).isEqualTo(Duration.ofSeconds(2));
        assertThat(AmazonLimits.SEARCH_ORDERS.silence()).isEqualTo(Duration.ofMinutes(1));
    }

    @ParameterizedTest
    @CsvSource({
        "https://sqs.eu-central-1.amazonaws.com/123456789012/kontor,,https://sqs.eu-central-1.amazonaws.com/,eu-central-1",
        "http://localhost:9324/000000000000/kontor,http://localhost:9324/sqs,http://localhost:9324/sqs,eu-west-1"
    })
    void findsTheServerOfTheQueueByItsAddress(String url, @Nullable URI endpoint, URI server, String region) {
        var queue = new AmazonProperties.Queue(url, endpoint, "", "the-key", "the-secret-key");

        assertThat(queue.server()).isEqualTo(server);
        assertThat(queue.signingRegion()).isEqualTo(region);
        assertThat(queue.toString()).doesNotContain("the-key", "the-secret-key");
    }

    @ParameterizedTest
    @CsvSource({
        "nowhere,a-key,a-secret,KONTOR_AMAZON_QUEUE_URL",
        "https://sqs.eu-west-1.amazonaws.com/1/kontor,'',a-secret,KONTOR_AMAZON_QUEUE_ACCESS_KEY",
        "https://sqs.eu-west-1.amazonaws.com/1/kontor,a-key,'',KONTOR_AMAZON_QUEUE_SECRET_KEY"
    })
    void doesNotStartWithHalfAQueue(String url, String accessKey, String secretKey, String named) {
        var queue = new AmazonProperties.Queue(url, null, "", accessKey, secretKey);
        var settings = new AmazonProperties(
                "",
                "",
                null,
                stub.url(),
                "0.1.0",
                2,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                queue);

        assertThatThrownBy(() -> new AmazonQueue(settings, new NoDrift(), clock))
                .isInstanceOfSatisfying(
                        InvalidConfigurationPropertyValueException.class,
                        e -> assertThat(e.getReason()).startsWith(named));
    }

    // Who asks

    @ParameterizedTest
    @CsvSource({
        "na,https://sellingpartnerapi-na.amazon.com",
        "eu,https://sellingpartnerapi-eu.amazon.com",
        "fe,https://sellingpartnerapi-fe.amazon.com"
    })
    void asksEachRegionAtItsOwnHost(String region, URI host) {
        var nowhereElse = new AmazonProperties(
                "",
                "",
                null,
                stub.url(),
                "0.1.0",
                2,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                AmazonProperties.Queue.NONE);

        assertThat(nowhereElse.host(AmazonRegion.of(region))).isEqualTo(host);
    }

    @Test
    void presentsTheTokenAndNamesItself() {
        stub.on(PARTICIPATIONS, 200, participations(true));

        var seller = ok(amazon.seller(connection));

        assertThat(seller.id()).isEqualTo("A2SELLER00001");
        assertThat(seller.login()).isEqualTo("Cups of Lodz");
        var headers = stub.asked().getFirst().headers();
        assertThat(headers.get("X-amz-access-token")).containsExactly("Atza|the-token");
        assertThat(headers.get("X-amz-date")).containsExactly("20261102T120000Z");
        assertThat(headers.get("User-agent").getFirst()).matches("Kontor/0\\.1\\.0 \\(Language=Java/\\d+\\)");
        assertThat(headers).doesNotContainKey("Authorization");
    }

    @Test
    void doesNotConnectASellerWhereHeDoesNotSell() {
        stub.on(PARTICIPATIONS, 200, participations(false));

        assertThat(amazon.seller(connection)).isInstanceOfSatisfying(Rejected.class, rejected -> {
            assertThat(rejected.code()).isEqualTo("NO_PARTICIPATION");
            assertThat(rejected.reason()).contains(GERMANY).doesNotContain(POLAND);
        });
    }

    @Test
    void getsATokenForAnHour() {
        stub.on(
                TOKEN,
                200,
                "{\"access_token\":\"Atza|next\",\"refresh_token\":\"Atzr|the-refresh-token\","
                        + "\"token_type\":\"bearer\",\"expires_in\":3600}");

        var renewed = ok(grant.renew(ACCOUNT, connection.credentials()));

        assertThat(renewed.expiresAt()).isEqualTo(NOON.plus(Duration.ofHours(1)));
        assertThat(renewed.secret("access_token")).isEqualTo("Atza|next");
        assertThat(renewed.secret("sellerId")).isEqualTo("A2SELLER00001");
        assertThat(stub.asked().getFirst().parameters())
                .containsEntry("grant_type", "refresh_token")
                .containsEntry("refresh_token", "Atzr|the-refresh-token")
                .containsEntry("client_id", "the-application")
                .containsEntry("client_secret", "the-secret");
    }

    @ParameterizedTest
    @CsvSource({"400,invalid_grant,true", "401,invalid_client,false", "400,unauthorized_client,false"})
    void tellsAPermissionTakenBackFromAWrongSecret(int status, String error, boolean takenBack) {
        stub.on(TOKEN, status, "{\"error\":\"%s\",\"error_description\":\"x\"}".formatted(error));

        assertThat(grant.renew(ACCOUNT, connection.credentials()))
                .isInstanceOf(takenBack ? Unauthorized.class : Rejected.class);
    }

    @Test
    void asksNobodyWithoutAnApplicationOfItsOwn() {
        var none = new AmazonGrant(calls, properties("", Duration.ZERO));

        assertThat(none.renew(ACCOUNT, connection.credentials()))
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.reason()).contains("KONTOR_AMAZON_CLIENT_ID"));
        assertThat(stub.asked()).isEmpty();
    }

    // What is refused

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            403 | The access token you provided has expired.                       | true
            403 | The access token you provided is revoked, malformed or invalid. | true
            403 | anything about jan@example.org                                  | false
            400 | Invalid Input of jan@example.org                                | false""")
    void tellsAnOldTokenFromAMissingRole(int status, String details, boolean token) {
        stub.on(SEARCH, status, anError("Unauthorized", details));

        var answer = amazon.orders().changesSince(null, connection);

        assertThat(answer).isInstanceOf(token ? Unauthorized.class : Rejected.class);
        assertThat(answer.failure()).contains("Unauthorized").doesNotContain("jan@example.org");
    }

    @ParameterizedTest
    @CsvSource({"0.0056,0.336", "5.0,300", "0,", "often,", "99999,", ","})
    void readsThePaceThatAmazonTells(@Nullable String told, @Nullable Double perMinute) {
        var headers = new HttpHeaders();
        headers.set("x-amzn-RateLimit-Limit", told);

        var pace = new AmazonTranslation<>(reply -> "", AmazonLimits.LISTING).perMinute(headers);

        if (perMinute == null) {
            assertThat(pace).isEmpty();
        } else {
            assertThat(pace.orElseThrow()).isCloseTo(perMinute, within(0.000_001));
        }
    }

    @Test
    void believesOnlyAmazonThatAnOrderIsGone() {
        stub.on(SEARCH + "/one", 404, anError("NotFound", ""));
        stub.on(SEARCH + "/two", 404, "<html>no such page</html>");

        assertThat(ok(amazon.orders().order("one", connection))).isEqualTo(new OrderReading.Gone());
        assertThat(amazon.orders().order("two", connection)).isInstanceOf(Unavailable.class);
    }

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
                .containsExactly(new OrderChange(
                        "one@2026-11-02T11:10:00Z", "one", "OrderUpdated", Instant.parse("2026-11-02T11:10:00Z")));
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

    private static String placed(String id, String time) {
        return anOrder(id, "2026-11-02T11:00:00Z").replace("2026-11-02T10:15:00Z", "2026-11-02T" + time + "Z");
    }

    private Map<String, String> asked(int index) {
        return stub.asked().stream().map(Asked::parameters).toList().get(index);
    }

    private MarketplaceOrder read(String order) {
        stub.on(SEARCH + "/250-0000001-0000001", 200, "{\"order\":%s}".formatted(order));
        var reading = ok(amazon.orders().order("250-0000001-0000001", connection));
        assertThat(reading).as(reading.toString()).isInstanceOf(OrderReading.Found.class);
        return ((OrderReading.Found) reading).order();
    }

    private static String aSearch(String next, String... orders) {
        return "{\"orders\":[" + String.join(",", orders) + "]"
                + (next == null ? "" : ",\"pagination\":{\"nextToken\":\"" + next + "\"}")
                + ",\"lastUpdatedBefore\":\"2026-11-02T11:58:00Z\"}";
    }

    private static String anOrder(String id, String updatedAt) {
        return anOrder("UNSHIPPED", "MERCHANT", "")
                .replace("250-0000001-0000001", id)
                .replace("2026-11-02T11:40:11Z", updatedAt);
    }

    /** @param cancellation of its item */
    private static String anOrder(String status, String by, String cancellation) {
        return """
                {"orderId":"250-0000001-0000001","orderAliases":[{"aliasId":"A-77","aliasType":"SELLER_ORDER_ID"}],
                 "createdTime":"2026-11-02T10:15:00Z","lastUpdatedTime":"2026-11-02T11:40:11Z",
                 "salesChannel":{"channelName":"AMAZON","marketplaceId":"%s","marketplaceName":"Amazon.de"},
                 "buyer":{"buyerName":"Jan Nowak","buyerEmail":"x1@marketplace.amazon.de"},
                 "recipient":{"deliveryAddress":{"name":"Jan Nowak","addressLine1":"ul. Prosta 1","city":"Warszawa",
                   "postalCode":"00-001","countryCode":"PL","phone":"+48500000000","addressType":"RESIDENTIAL"}},
                 "proceeds":{"grandTotal":{"amount":"49.90","currencyCode":"EUR"}},
                 "fulfillment":{"fulfillmentStatus":"%s","fulfilledBy":"%s","fulfillmentServiceLevel":"STANDARD"},
                 "orderItems":[{"orderItemId":"10001","quantityOrdered":2,
                   "product":{"asin":"B0TEST0001","sellerSku":"SKU-1","title":"Mug",
                     "price":{"unitPrice":{"amount":"24.95","currencyCode":"EUR"}}},
                   "fulfillment":{"quantityFulfilled":0,"quantityUnfulfilled":2,
                     "packing":{"giftOption":{"giftMessage":"Happy birthday"}}}%s}],
                 "packages":[{"packageReferenceId":"1","trackingNumber":"TRACK-1",
                   "packageStatus":{"status":"IN_TRANSIT"}}]}""".formatted(GERMANY, status, by, cancellation);
    }

    private static String participations(boolean germany) {
        return """
                {"payload":[{"marketplace":{"id":"%s","countryCode":"PL","name":"Amazon.pl"},
                   "participation":{"isParticipating":true,"hasSuspendedListings":false},"storeName":"Cups of Lodz"},
                  {"marketplace":{"id":"%s","countryCode":"DE","name":"Amazon.de"},
                   "participation":{"isParticipating":%s,"hasSuspendedListings":false},"storeName":"Tassen"}]}""".formatted(POLAND, GERMANY, germany);
    }

    private static String anError(String code, String details) {
        return "{\"errors\":[{\"code\":\"%s\",\"message\":\"Access to requested resource is denied.\",\"details\":\"%s\"}]}"
                .formatted(code, details);
    }

    private static <T> T ok(Answer<T> answer) {
        assertThat(answer).as(answer.failure()).isInstanceOf(Ok.class);
        return ((Ok<T>) answer).value();
    }

    static final class NoDrift implements Drift {
        @Override
        public void seen(MarketplaceCode marketplace, Kind kind, Collection<String> names) {}

        @Override
        public List<Sighting> sightings() {
            return List.of();
        }
    }
}
