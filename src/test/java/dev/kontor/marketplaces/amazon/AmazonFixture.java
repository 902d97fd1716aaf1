package dev.kontor.marketplaces.amazon;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;

import dev.kontor.SettableClock;
import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Answer.Ok;
import dev.kontor.marketplaces.Connection;
import dev.kontor.marketplaces.Credentials;
import dev.kontor.marketplaces.HttpStub;
import dev.kontor.marketplaces.HttpStub.Asked;
import dev.kontor.marketplaces.Lane;
import dev.kontor.marketplaces.MarketplaceOrder;
import dev.kontor.marketplaces.OrderFeed.OrderReading;
import dev.kontor.marketplaces.SeenDrift;
import dev.kontor.marketplaces.exchange.TestExchange;

import static org.assertj.core.api.Assertions.assertThat;

/** An Amazon that gives single answers which a simulation would not give on demand. */
abstract class AmazonFixture {

    static final Instant NOON = Instant.parse("2026-11-02T12:00:00Z");
    static final String SEARCH = "/orders/2026-01-01/orders";
    static final String TOKEN = "/auth/o2/token";
    static final String PARTICIPATIONS = "/sellers/v1/marketplaceParticipations";
    static final String GERMANY = "A1PA6795UKMFR9";
    static final String POLAND = "A1C3SOZRARQ6R3";
    static final UUID ACCOUNT = UUID.randomUUID();

    final HttpStub stub = new HttpStub();
    final SettableClock clock = new SettableClock(NOON);
    final AmazonProperties properties = properties("the-application", Duration.ofMinutes(5));
    final TestExchange exchange = new TestExchange(
            clock,
            Map.of(
                    "kontor.exchange.retry.delay", "1ms",
                    "kontor.exchange.limits.amazon.order.burst", "100",
                    "kontor.exchange.limits.amazon.order.per-minute", "600000",
                    "kontor.exchange.limits.amazon.tokens.burst", "100",
                    "kontor.exchange.limits.amazon.tokens.per-minute", "600000"));
    final AmazonCalls calls = new AmazonCalls(exchange.exchange(), exchange.clients(), properties, clock);
    final AmazonGrant grant = new AmazonGrant(calls, properties);
    final Amazon amazon = amazon(properties);

    final Connection connection = new Connection(
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

    AmazonProperties properties(String client, Duration searchInterval) {
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

    Amazon amazon(AmazonProperties settings) {
        var feed = new AmazonOrderFeed(
                calls,
                settings,
                new AmazonReader(new SeenDrift(), settings),
                new AmazonQueue(settings, new SeenDrift(), clock),
                clock);
        return PutTogether.of(
                        calls,
                        settings,
                        new AmazonListingProperties(20, Duration.ofMinutes(15)),
                        new SeenDrift(),
                        clock)
                .amazon(calls, grant, feed);
    }

    @AfterEach
    void close() {
        stub.close();
    }

    static String placed(String id, String time) {
        return anOrder(id, "2026-11-02T11:00:00Z").replace("2026-11-02T10:15:00Z", "2026-11-02T" + time + "Z");
    }

    Map<String, String> asked(int index) {
        return stub.asked().stream().map(Asked::parameters).toList().get(index);
    }

    MarketplaceOrder read(String order) {
        stub.on(SEARCH + "/250-0000001-0000001", 200, "{\"order\":%s}".formatted(order));
        var reading = ok(amazon.orders().order("250-0000001-0000001", connection));
        assertThat(reading).as(reading.toString()).isInstanceOf(OrderReading.Found.class);
        return ((OrderReading.Found) reading).order();
    }

    static String aSearch(String next, String... orders) {
        return "{\"orders\":[" + String.join(",", orders) + "]"
                + (next == null ? "" : ",\"pagination\":{\"nextToken\":\"" + next + "\"}")
                + ",\"lastUpdatedBefore\":\"2026-11-02T11:58:00Z\"}";
    }

    static String anOrder(String id, String updatedAt) {
        return anOrder("UNSHIPPED", "MERCHANT", "")
                .replace("250-0000001-0000001", id)
                .replace("2026-11-02T11:40:11Z", updatedAt);
    }

    /** @param cancellation of its item */
    static String anOrder(String status, String by, String cancellation) {
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

    static String participations(boolean germany) {
        return """
                {"payload":[{"marketplace":{"id":"%s","countryCode":"PL","name":"Amazon.pl"},
                   "participation":{"isParticipating":true,"hasSuspendedListings":false},"storeName":"Cups of Lodz"},
                  {"marketplace":{"id":"%s","countryCode":"DE","name":"Amazon.de"},
                   "participation":{"isParticipating":%s,"hasSuspendedListings":false},"storeName":"Tassen"}]}""".formatted(POLAND, GERMANY, germany);
    }

    static String anError(String code, String details) {
        return "{\"errors\":[{\"code\":\"%s\",\"message\":\"Access to requested resource is denied.\",\"details\":\"%s\"}]}"
                .formatted(code, details);
    }

    static <T> T ok(Answer<T> answer) {
        assertThat(answer).as(answer.failure()).isInstanceOf(Ok.class);
        return ((Ok<T>) answer).value();
    }
}
