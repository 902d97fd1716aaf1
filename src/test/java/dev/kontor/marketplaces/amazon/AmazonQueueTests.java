package dev.kontor.marketplaces.amazon;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import dev.kontor.SettableClock;
import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Answer.Ok;
import dev.kontor.marketplaces.Connection;
import dev.kontor.marketplaces.Credentials;
import dev.kontor.marketplaces.Cursor;
import dev.kontor.marketplaces.Lane;
import dev.kontor.marketplaces.MarketplaceOrder;
import dev.kontor.marketplaces.OrderFeed;
import dev.kontor.marketplaces.OrderFeed.ChangePage;
import dev.kontor.marketplaces.OrderFeed.OrderChange;
import dev.kontor.marketplaces.OrderFeed.OrderReading;
import dev.kontor.marketplaces.SeenDrift;
import dev.kontor.marketplaces.exchange.TestExchange;
import dev.kontor.sandbox.Sandbox;
import dev.kontor.sandbox.Scenario;
import dev.kontor.sandbox.world.Fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/** The feed with the simulated queue of order changes, whose search is two minutes late. */
class AmazonQueueTests {

    private final Sandbox sandbox = Sandbox.start(Scenario.of(
            "orders=1",
            "days=30",
            "live-orders-per-minute=0",
            "live-pace=100000",
            "wix.orders=1",
            "wix.live-orders-per-minute=0",
            "amazon.orders=20",
            "amazon.live-orders-per-minute=0"));
    private final SettableClock clock = SettableClock.running();
    private final TestExchange exchange = exchange(Map.of());
    private final OrderFeed feed = feed(exchange);
    private final Connection connection = connect();

    private AmazonProperties properties() {
        var url = sandbox.baseUrl() + "/amazon/queue";
        return with(
                new AmazonProperties.Queue(url + "/000000000000/kontor", URI.create(url), "", "kontor-sandbox", "x"));
    }

    private AmazonProperties with(AmazonProperties.Queue queue) {
        var rules = sandbox.scenario().amazon();
        var url = sandbox.baseUrl() + "/amazon";
        return new AmazonProperties(
                rules.clientId(),
                rules.clientSecret(),
                URI.create(url),
                URI.create(url),
                "0.1.0",
                100,
                Duration.ofMinutes(2),
                Duration.ofMinutes(5),
                Duration.ofMinutes(5),
                Duration.ofDays(730),
                queue);
    }

    private TestExchange exchange(Map<String, String> settings) {
        var all = new HashMap<>(settings);
        all.put("kontor.exchange.limits.amazon.tokens.burst", "100");
        all.put("kontor.exchange.limits.amazon.tokens.per-minute", "600000");
        return new TestExchange(clock, all);
    }

    private OrderFeed feed(TestExchange exchange) {
        var properties = properties();
        var calls = new AmazonCalls(exchange.exchange(), exchange.clients(), properties, clock);
        var drift = new SeenDrift();
        return new AmazonOrderFeed(
                calls,
                properties,
                new AmazonReader(drift, properties),
                new AmazonQueue(properties, drift, clock),
                clock);
    }

    private Connection connect() {
        var properties = properties();
        var calls = new AmazonCalls(exchange.exchange(), exchange.clients(), properties, clock);
        var account = UUID.randomUUID();
        var credentials = ok(new AmazonGrant(calls, properties)
                .obtain(account, sandbox.amazon().entries()));
        return new Connection(account, credentials, Lane.LIVE_ORDERS);
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void knowsOfASaleLongBeforeASearchTellsOfIt() {
        var end = end();
        var bought = sandbox.amazon().buy(3);

        assertThat(told(feed, end)).containsAll(bought);
        assertThat(sandbox.counters().of("/amazon/orders/2026-01-01/orders", 200))
                .isEqualTo(1);
    }

    @Test
    void aMessageTellsWhatWasSoldBeforeTheOrderIsRead() {
        var end = end();
        var bought = sandbox.amazon().buy(3);
        settle();

        var told = ok(feed.changesSince(end, connection)).changes();

        for (var id : bought) {
            var sign = told.stream()
                    .filter(change -> change.order().equals(id))
                    .map(OrderChange::sign)
                    .filter(Objects::nonNull) // it is shipped a moment later, and told again
                    .findFirst()
                    .orElseThrow();
            var order = order(id);
            assertThat(sign.placedAt()).isEqualTo(order.placedAt());
            assertThat(sign.lines())
                    .usingRecursiveComparison()
                    .ignoringFields("name", "unitPrice") // which not everybody tells
                    .isEqualTo(order.lines());
        }
    }

    private MarketplaceOrder order(String id) {
        return ok(feed.order(id, connection)) instanceof OrderReading.Found(var order)
                ? order
                : fail("the order cannot be read");
    }

    @Test
    void takesMessagesOutOnlyOnceTheirPageIsStored() {
        var end = end();
        sandbox.amazon().buy(3);
        settle();
        var page = ok(feed.changesSince(end, connection));
        var again = ok(feed.changesSince(end, connection)); // the page could not be stored
        assertThat(again.changes()).containsAll(page.changes());
        var waiting = sandbox.amazon().notifications();
        assertThat(waiting).isGreaterThanOrEqualTo(3);

        var next = ok(feed.changesSince(again.next(), connection));

        assertThat(next.changes()).isEmpty();
        assertThat(sandbox.amazon().notifications()).isZero();
    }

    @Test
    void anotherInstanceIsToldAgainAndByTheSameIds() {
        var end = end();
        sandbox.amazon().buy(3);
        settle();
        var page = ok(feed.changesSince(end, connection)); // and then it was killed

        sandbox.advance(Duration.ofMinutes(6));
        clock.advance(Duration.ofMinutes(6));
        var again = ok(feed(exchange).changesSince(end, connection));

        assertThat(ids(again)).containsAll(ids(page));
    }

    @Test
    void aRepeatedMessageIsOneChange() {
        sandbox.allegro().faults(Map.of(Fault.DUPLICATE_EVENT, 1.0));
        var end = end();
        settle();
        sandbox.amazon().buy(4);
        settle();

        var page = ok(feed.changesSince(end, connection));

        assertThat(ids(page)).doesNotHaveDuplicates().isNotEmpty();
        var next = ok(feed.changesSince(page.next(), connection)); // what else the second copy says is known by its id
        assertThat(ids(page)).containsAll(ids(next));
    }

    @Test
    void theSearchFindsWhatTheQueueLost() {
        sandbox.allegro().faults(Map.of(Fault.LOST_EVENT, 1.0));
        var end = end();
        settle();
        var bought = sandbox.amazon().buy(3);
        assertThat(told(feed, end)).doesNotContainAnyElementsOf(bought);

        sandbox.advance(Duration.ofMinutes(6));
        clock.advance(Duration.ofMinutes(6));

        assertThat(told(feed, end)).containsAll(bought);
    }

    @Test
    void aSearchThatHasNoTurnDoesNotHoldUpTheQueue() {
        var searchless = feed(exchange(Map.of(
                "kontor.exchange.limits.amazon.search-orders.burst", "1",
                "kontor.exchange.limits.amazon.search-orders.per-minute", "0.001")));
        var end = end();
        var bought = sandbox.amazon().buy(2);
        settle();

        var page = ok(searchless.changesSince(end, connection));

        assertThat(page.changes()).extracting(OrderChange::order).containsAll(bought);
        assertThat(page.watermark()).isEqualTo(Instant.EPOCH);
        assertThat(ok(searchless.changesSince(page.next(), connection)).next()).isEqualTo(end);
    }

    @Test
    void messagesForAnotherSellerAreLeftForHim() {
        var end = end();
        sandbox.amazon().buy(2);
        settle();
        var other = another();

        var page = ok(feed.changesSince(end, other));
        ok(feed.changesSince(page.next(), other));

        assertThat(page.changes()).noneMatch(change -> change.type().equals("OrderStatusChange"));
        assertThat(told(feed, end)).isNotEmpty();
    }

    /** He may be gone for good, and his messages would come back for ever and hide those of others. */
    @Test
    void oldMessagesForASellerWhoDoesNotAskAreTakenOut() {
        end();
        sandbox.amazon().buy(5);
        settle();
        assertThat(sandbox.amazon().notifications()).isPositive();
        sandbox.advance(Duration.ofHours(2));
        clock.advance(Duration.ofHours(2));
        var other = another();

        ok(feed.changesSince(ok(feed.end(other)).position(), other));

        assertThat(sandbox.amazon().notifications()).isZero();
    }

    /** Else those of the seller who asks could be among what nobody looked at. */
    @Test
    void looksAtEverythingHoweverMuchIsForOthers() {
        end();
        sandbox.amazon().buy(150);
        settle();
        assertThat(sandbox.amazon().notifications()).isGreaterThan(150);
        var other = another();

        ok(feed.changesSince(ok(feed.end(other)).position(), other));

        try (var elsewhere = new AmazonQueue(properties(), new SeenDrift(), clock)) {
            assertThat(elsewhere.waiting(sandbox.scenario().amazon().sellerId()))
                    .isEqualTo(AmazonQueue.Waiting.NOTHING);
        }
    }

    /** Whatever the settings say: that is where clouds tell a machine its credentials. */
    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void asksNoQueueThatTheSettingsSendWhereNoneCanBe(CapturedOutput output) {
        var queue = new AmazonProperties.Queue("http://169.254.169.254/0/kontor", null, "", "key", "x");
        try (var misled = new AmazonQueue(with(queue), new SeenDrift(), clock)) {
            assertThat(misled.waiting("seller")).isEqualTo(AmazonQueue.Waiting.NOTHING);
        }
        assertThat(output).contains("cannot be read (NotPermitted)");
    }

    private Connection another() {
        var credentials = connect().credentials();
        var secrets = new HashMap<>(credentials.secrets());
        secrets.put("sellerId", "A2SOMEBODYELSE");
        return new Connection(UUID.randomUUID(), new Credentials(secrets, credentials.expiresAt()), Lane.LIVE_ORDERS);
    }

    /** Until all of a purchase has come to its end; no search tells of it yet. */
    private void settle() {
        sandbox.advance(Duration.ofSeconds(20));
        clock.advance(Duration.ofSeconds(20));
    }

    private @Nullable Cursor end() {
        return ok(feed.end(connection)).position();
    }

    private List<String> told(OrderFeed from, @Nullable Cursor after) {
        var orders = new ArrayList<String>();
        var position = after;
        while (true) {
            var page = ok(from.changesSince(position, connection));
            page.changes().stream().map(OrderChange::order).forEach(orders::add);
            position = page.next();
            if (!page.more()) {
                return orders;
            }
        }
    }

    private static List<String> ids(ChangePage page) {
        return page.changes().stream().map(OrderChange::id).toList();
    }

    private static <T> T ok(Answer<T> answer) {
        assertThat(answer).as(answer.failure()).isInstanceOf(Ok.class);
        return ((Ok<T>) answer).value();
    }
}
