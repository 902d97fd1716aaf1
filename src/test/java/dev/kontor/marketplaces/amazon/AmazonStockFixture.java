package dev.kontor.marketplaces.amazon;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;

import dev.kontor.SettableClock;
import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Answer.Ok;
import dev.kontor.marketplaces.Connection;
import dev.kontor.marketplaces.Credentials;
import dev.kontor.marketplaces.HttpStub;
import dev.kontor.marketplaces.Lane;
import dev.kontor.marketplaces.SeenDrift;
import dev.kontor.marketplaces.StockWriter.Change;
import dev.kontor.marketplaces.StockWriter.Change.Absolute;
import dev.kontor.marketplaces.StockWriter.Command;
import dev.kontor.marketplaces.StockWriter.Outcome;
import dev.kontor.marketplaces.exchange.TestExchange;

import static org.assertj.core.api.Assertions.assertThat;

/** An Amazon that answers as a test has it, and what Kontor makes of its answers. */
abstract class AmazonStockFixture {

    static final Instant NOON = Instant.parse("2026-11-02T12:00:00Z");
    static final String ITEMS = "/listings/2021-08-01/items/A0SELLER";
    static final String FEEDS = "/feeds/2021-06-30";
    static final String TICKET = "feed:0:the-feed";
    static final String MINE = "{\"fulfillmentChannelCode\":\"DEFAULT\",\"quantity\":10}";
    static final String AMAZONS = "{\"fulfillmentChannelCode\":\"AMAZON_EU\"}";
    static final String NO_SUCH_LISTING = "{\"errors\":[{\"code\":\"NOT_FOUND\"}]}";

    final HttpStub stub = new HttpStub();
    final SettableClock clock = new SettableClock(NOON);
    final SeenDrift drift = new SeenDrift();
    final AmazonProperties properties = new AmazonProperties(
            "the-client",
            "the-secret",
            stub.url(),
            stub.url(),
            "0.1.0",
            100,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ofDays(730),
            AmazonProperties.Queue.NONE);
    final TestExchange exchange = new TestExchange(clock, PutTogether.withoutLimits());
    final AmazonCalls calls = new AmazonCalls(exchange.exchange(), exchange.clients(), properties, clock);
    final PutTogether adapter =
            PutTogether.of(calls, properties, new AmazonListingProperties(20, Duration.ofMinutes(15)), drift, clock);
    final AmazonStock stock = adapter.stock();
    final AmazonListings listings = adapter.listings();
    final AmazonWarehouses warehouses = adapter.warehouses();
    final Connection connection = new Connection(
            UUID.randomUUID(),
            new Credentials(
                    Map.of(
                            "access_token", "the-access",
                            "refreshToken", "the-refresh",
                            "sellerId", "A0SELLER",
                            "region", "eu",
                            "marketplaceIds", "POLAND, GERMANY"),
                    null),
            Lane.STOCK_DECREASE);
    final Command feed = command(quantity("A", 1), quantity("B", 2), quantity("C", 3));

    @AfterEach
    void stop() {
        stub.close();
    }

    static Absolute quantity(String listing, int quantity) {
        return new Absolute(listing, quantity, false);
    }

    static Command command(Change... changes) {
        return new Command(UUID.randomUUID(), List.of(changes));
    }

    void listed(String sku, String availability) {
        stub.on(ITEMS + "/" + sku, 200, listing(sku, availability));
    }

    void found(String... listings) {
        stub.on(
                ITEMS,
                200,
                "{\"numberOfResults\":%d,\"items\":[%s]}".formatted(listings.length, String.join(",", listings)));
    }

    static String listing(String sku, String availability) {
        return """
                {"sku":"%s","summaries":[{"marketplaceId":"GERMANY","status":["BUYABLE"],"itemName":"Mug",
                "createdDate":"2026-01-01T00:00:00Z"}],"fulfillmentAvailability":[%s]}""".formatted(sku, availability);
    }

    void foundThenPatched(String sku, int status, String answer) {
        found(listing(sku, MINE));
        stub.on(ITEMS + "/" + sku, status, answer);
    }

    List<String> asked() {
        return stub.asked().stream().map(it -> it.method() + " " + it.path()).toList();
    }

    Outcome written(Absolute change) {
        return ok(stock.write(command(change), connection)).get(change.listing());
    }

    static <T> T ok(Answer<T> answer) {
        assertThat(answer).as(answer.failure()).isInstanceOf(Ok.class);
        return ((Ok<T>) answer).value();
    }
}
