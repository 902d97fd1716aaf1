package dev.kontor.marketplaces.bazarek;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import dev.kontor.SettableClock;
import dev.kontor.marketplaces.Connection;
import dev.kontor.marketplaces.Credentials;
import dev.kontor.marketplaces.EnteredAuthorization;
import dev.kontor.marketplaces.Lane;
import dev.kontor.marketplaces.Marketplace;
import dev.kontor.marketplaces.MarketplaceContract;
import dev.kontor.marketplaces.SeenDrift;
import dev.kontor.marketplaces.Stage;
import dev.kontor.marketplaces.exchange.TestExchange;
import dev.kontor.sandbox.http.Counters;
import dev.kontor.sandbox.http.SandboxServer;
import dev.kontor.sandbox.world.Fault;

/** The adapter against the simulated Bazarek, over HTTP. */
class BazarekContractTests extends MarketplaceContract {

    @Override
    protected Stage newStage() {
        return new BazarekStage();
    }

    private static final class BazarekStage implements Stage {

        private final SettableClock clock = SettableClock.running();
        private final Set<String> drift = ConcurrentHashMap.newKeySet();
        private final dev.kontor.sandbox.bazarek.Bazarek shop =
                new dev.kontor.sandbox.bazarek.Bazarek(clock, 60, 200, 0);
        private final SandboxServer server = new SandboxServer("127.0.0.1", 0, new Counters(), port -> List.of(shop));
        private final Bazarek bazarek;

        BazarekStage() {
            var exchange = new TestExchange(
                    clock,
                    Map.of(
                            "kontor.exchange.retry.delay", "1ms",
                            "kontor.exchange.pause.failures", "1000",
                            "kontor.exchange.limits.bazarek.shop.burst", "1000",
                            "kontor.exchange.limits.bazarek.shop.per-minute", "600000"));
            var properties = new BazarekProperties(URI.create("http://localhost:" + server.port() + "/bazarek"), 20);
            var calls = new BazarekCalls(exchange.exchange(), exchange.clients(), properties);
            var noted = new SeenDrift(drift);
            bazarek = new Bazarek(
                    calls,
                    new BazarekKey(),
                    new BazarekOrderFeed(calls, properties, noted),
                    new BazarekListings(calls, properties, noted),
                    new BazarekStock(calls));
        }

        @Override
        public Marketplace marketplace() {
            return bazarek;
        }

        @Override
        public Connection connect() {
            return new Connection(
                    UUID.randomUUID(), new Credentials(entries(BazarekKey.class), null), Lane.LIVE_ORDERS);
        }

        @Override
        public Map<String, String> entries(Class<? extends EnteredAuthorization> way) {
            return Map.of("shopKey", dev.kontor.sandbox.bazarek.Bazarek.KEY);
        }

        @Override
        public Map<String, String> wrongEntries(Class<? extends EnteredAuthorization> way) {
            return Map.of("shopKey", "bzk-of-nobody");
        }

        @Override
        public List<String> buy(int count) {
            return shop.buy(count);
        }

        @Override
        public List<String> buyOddly(Oddity oddity, int count) {
            shop.faults(Map.of(fault(oddity), 1.0));
            var ids = shop.buy(count);
            shop.faults(Map.of());
            return ids;
        }

        private static Fault fault(Oddity oddity) {
            return switch (oddity) {
                case MALFORMED -> Fault.MALFORMED;
                case UNKNOWN_STATUS -> Fault.UNKNOWN_STATUS;
                case UNKNOWN_FIELD -> Fault.UNKNOWN_FIELD;
                case DUPLICATE_CHANGE -> Fault.DUPLICATE_EVENT;
                case REORDERED_CHANGE -> Fault.REORDERED_EVENT;
            };
        }

        @Override
        public Set<String> orders() {
            return shop.orders();
        }

        @Override
        public void begin(Trouble trouble) {
            shop.faults(Map.of(
                    switch (trouble) {
                        case TOO_MANY_REQUESTS -> Fault.TOO_MANY_REQUESTS;
                        case TOO_MANY_REQUESTS_UNTIL -> Fault.TOO_MANY_REQUESTS_RETRY_AFTER;
                        case FAULT -> Fault.SERVER_ERROR;
                        case SILENCE -> Fault.TIMEOUT; // until the line breaks, sooner than the exchange gives up
                        case CUT_OFF -> Fault.TRUNCATED;
                    },
                    1.0));
        }

        @Override
        public void calm() {
            shop.faults(Map.of());
            clock.advance(Duration.ofSeconds(66)); // longer than any ban
        }

        @Override
        public void pass(Duration time) {
            clock.advance(time);
        }

        @Override
        public Map<String, Integer> stock() {
            return shop.shown();
        }

        @Override
        public Set<String> listOddly(Oddity oddity) {
            shop.faults(Map.of(fault(oddity), 1.0));
            return shop.oddListings();
        }

        @Override
        public int sell(String listing, int wanted) {
            return shop.sell(listing, wanted);
        }

        @Override
        public void sellerShows(String listing, int quantity) {
            shop.show(listing, quantity);
        }

        @Override
        public void begin(Hitch hitch) {
            shop.faults(Map.of(
                    switch (hitch) {
                        case SILENT_NO_OP -> Fault.SILENT_NO_OP;
                        case LOST_ANSWER -> Fault.ANSWER_LOST;
                        case OUT_OF_ORDER -> Fault.OUT_OF_ORDER;
                        case STUCK -> throw new IllegalArgumentException("it does at once what it does");
                    },
                    1.0));
        }

        @Override
        public void revoke() {
            shop.revoke();
        }

        @Override
        public Set<String> drift() {
            return drift;
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
