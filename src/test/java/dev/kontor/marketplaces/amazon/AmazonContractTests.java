package dev.kontor.marketplaces.amazon;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.kontor.SettableClock;
import dev.kontor.marketplaces.Answer.Ok;
import dev.kontor.marketplaces.Connection;
import dev.kontor.marketplaces.Credentials;
import dev.kontor.marketplaces.EnteredAuthorization;
import dev.kontor.marketplaces.Lane;
import dev.kontor.marketplaces.Marketplace;
import dev.kontor.marketplaces.MarketplaceContract;
import dev.kontor.marketplaces.SeenDrift;
import dev.kontor.marketplaces.Stage;
import dev.kontor.marketplaces.exchange.TestExchange;
import dev.kontor.sandbox.Sandbox;
import dev.kontor.sandbox.Scenario;
import dev.kontor.sandbox.amazon.TrueListing;
import dev.kontor.sandbox.world.Fault;

/** The adapter against the simulated Amazon, over HTTP. */
class AmazonContractTests extends MarketplaceContract {

    @Override
    protected Stage newStage() {
        return new AmazonStage();
    }

    private static final class AmazonStage implements Stage {

        private final Sandbox sandbox = Sandbox.start(Scenario.of(
                "orders=1",
                "days=30",
                "live-orders-per-minute=0",
                "list-delay=0s",
                "limits=false",
                "timeout=2s",
                "wix.orders=1",
                "amazon.delay=0s",
                "catalog=400",
                "amazon.patch-delay=1s",
                "amazon.orders=200",
                "amazon.live-orders-per-minute=0"));
        private final SettableClock clock = SettableClock.running();
        private final Set<String> drift = ConcurrentHashMap.newKeySet();
        private final AmazonGrant grant;
        private final Amazon amazon;

        AmazonStage() {
            var settings = PutTogether.withoutLimits();
            settings.put("kontor.exchange.read-timeout", "1s");
            settings.put("kontor.exchange.pause.failures", "1000");
            var exchange = new TestExchange(clock, settings);
            var rules = sandbox.scenario().amazon();
            var properties = new AmazonProperties(
                    rules.clientId(),
                    rules.clientSecret(),
                    URI.create(sandbox.baseUrl() + "/amazon"),
                    URI.create(sandbox.baseUrl() + "/amazon"),
                    "0.1.0",
                    20,
                    Duration.ZERO,
                    Duration.ofMinutes(5),
                    Duration.ZERO,
                    Duration.ofDays(730),
                    AmazonProperties.Queue.NONE);
            var calls = new AmazonCalls(exchange.exchange(), exchange.clients(), properties, clock);
            grant = new AmazonGrant(calls, properties);
            var remembered = new SeenDrift(drift);
            var reader = new AmazonReader(remembered, properties);
            var queue = new AmazonQueue(properties, remembered, clock);
            amazon = PutTogether.of(
                            calls,
                            properties,
                            new AmazonListingProperties(20, Duration.ofMinutes(15)),
                            remembered,
                            clock)
                    .amazon(calls, grant, new AmazonOrderFeed(calls, properties, reader, queue, clock));
        }

        @Override
        public Marketplace marketplace() {
            return amazon;
        }

        @Override
        public Connection connect() {
            var account = UUID.randomUUID();
            var credentials = ((Ok<Credentials>) grant.obtain(account, entries(AmazonGrant.class))).value();
            return new Connection(account, credentials, Lane.LIVE_ORDERS);
        }

        @Override
        public Map<String, String> entries(Class<? extends EnteredAuthorization> way) {
            return sandbox.amazon().entries();
        }

        @Override
        public Map<String, String> wrongEntries(Class<? extends EnteredAuthorization> way) {
            var wrong = new HashMap<>(entries(way));
            wrong.put(AmazonCredentials.REFRESH, "Atzr|nobody-has-this-token");
            return wrong;
        }

        @Override
        public List<String> buy(int count) {
            var ids = sandbox.amazon().buy(count);
            pass(Duration.ofMinutes(1)); // until all of it has come to its end and is known to the search
            return ids;
        }

        @Override
        public List<String> buyOddly(Oddity oddity, int count) {
            faults(Map.of(
                    switch (oddity) {
                        case MALFORMED -> Fault.MALFORMED;
                        case UNKNOWN_STATUS -> Fault.UNKNOWN_STATUS;
                        case UNKNOWN_FIELD -> Fault.UNKNOWN_FIELD;
                        case DUPLICATE_CHANGE -> Fault.DUPLICATE_EVENT;
                        case REORDERED_CHANGE -> Fault.REORDERED_EVENT;
                    },
                    1.0));
            var ids = new ArrayList<>(buy(count));
            calm();
            return ids;
        }

        @Override
        public Set<String> orders() {
            return sandbox.amazon().orders().map(order -> order.id()).collect(Collectors.toSet());
        }

        @Override
        public void begin(Trouble trouble) {
            faults(Map.of(
                    switch (trouble) {
                        case TOO_MANY_REQUESTS -> Fault.TOO_MANY_REQUESTS;
                        case TOO_MANY_REQUESTS_UNTIL -> Fault.TOO_MANY_REQUESTS_RETRY_AFTER;
                        case FAULT -> Fault.SERVER_ERROR;
                        case SILENCE -> Fault.TIMEOUT;
                        case CUT_OFF -> Fault.TRUNCATED;
                    },
                    1.0));
        }

        /** A purchase in the same millisecond would still be under the faults of before. */
        private void faults(Map<Fault, Double> faults) {
            sandbox.allegro().faults(faults);
            pass(Duration.ofMillis(5));
        }

        @Override
        public void calm() {
            faults(Map.of());
            clock.advance(Duration.ofSeconds(66));
        }

        @Override
        public void pass(Duration time) {
            clock.advance(time);
            sandbox.advance(time);
        }

        @Override
        public void revoke() {
            sandbox.amazon().revoke();
        }

        @Override
        public Map<String, Integer> stock() {
            return listings().collect(Collectors.toMap(TrueListing::sku, TrueListing::quantity));
        }

        @Override
        public Map<String, Integer> fulfilledStock() {
            return listings()
                    .filter(listing -> !listing.merchant())
                    .collect(Collectors.toMap(TrueListing::sku, TrueListing::fulfillable));
        }

        private Stream<TrueListing> listings() {
            return sandbox.amazon().listings();
        }

        @Override
        public Set<String> listOddly(Oddity oddity) {
            faults(Map.of(
                    switch (oddity) {
                        case MALFORMED -> Fault.MALFORMED;
                        case UNKNOWN_STATUS -> Fault.UNKNOWN_STATUS;
                        case UNKNOWN_FIELD -> Fault.UNKNOWN_FIELD;
                        case DUPLICATE_CHANGE, REORDERED_CHANGE ->
                            throw new IllegalArgumentException("no such listings");
                    },
                    0.2));
            return listings()
                    .filter(listing -> listing.broken() != null)
                    .map(TrueListing::sku)
                    .collect(Collectors.toSet());
        }

        @Override
        public int sell(String listing, int wanted) {
            return sandbox.amazon().buy(listing, wanted);
        }

        @Override
        public void sellerShows(String listing, int quantity) {
            sandbox.amazon().show(listing, quantity);
        }

        @Override
        public void begin(Hitch hitch) {
            faults(Map.of(
                    switch (hitch) {
                        case SILENT_NO_OP -> Fault.SILENT_NO_OP;
                        case LOST_ANSWER -> Fault.ANSWER_LOST;
                        case STUCK -> Fault.STUCK_COMMAND;
                        case OUT_OF_ORDER -> Fault.OUT_OF_ORDER;
                    },
                    1.0));
        }

        @Override
        public Set<String> drift() {
            return drift;
        }

        @Override
        public void close() {
            sandbox.close();
        }
    }
}
