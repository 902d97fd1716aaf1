package dev.kontor.marketplaces.amazon;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.kontor.marketplaces.Answer.Ok;
import dev.kontor.marketplaces.Connection;
import dev.kontor.marketplaces.Credentials;
import dev.kontor.marketplaces.EnteredAuthorization;
import dev.kontor.marketplaces.Lane;
import dev.kontor.marketplaces.Marketplace;
import dev.kontor.marketplaces.MarketplaceContract;
import dev.kontor.marketplaces.SandboxStage;
import dev.kontor.marketplaces.Stage;
import dev.kontor.marketplaces.exchange.TestExchange;
import dev.kontor.sandbox.Scenario;
import dev.kontor.sandbox.amazon.TrueListing;

/** The adapter against the simulated Amazon, over HTTP. */
class AmazonContractTests extends MarketplaceContract {

    @Override
    protected Stage newStage() {
        return new AmazonStage();
    }

    private static final class AmazonStage extends SandboxStage {

        private final AmazonGrant grant;
        private final Amazon amazon;

        AmazonStage() {
            super(Scenario.of(
                    "orders=1",
                    "days=30",
                    "live-orders-per-minute=0",
                    "list-delay=0s",
                    "limits=false",
                    "timeout=5s",
                    "wix.orders=1",
                    "amazon.delay=0s",
                    "catalog=400",
                    "amazon.patch-delay=1s",
                    "amazon.orders=200",
                    "amazon.live-orders-per-minute=0"));
            var settings = PutTogether.withoutLimits();
            settings.put("kontor.exchange.read-timeout", "3s");
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
            var reader = new AmazonReader(drift, properties);
            var queue = new AmazonQueue(properties, drift, clock);
            amazon = PutTogether.of(
                            calls, properties, new AmazonListingProperties(20, Duration.ofMinutes(15)), drift, clock)
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
        public Set<String> orders() {
            return sandbox.amazon().orders().map(order -> order.id()).collect(Collectors.toSet());
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
        protected Set<String> broken() {
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
    }
}
