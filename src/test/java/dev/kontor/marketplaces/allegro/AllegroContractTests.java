package dev.kontor.marketplaces.allegro;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
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
import dev.kontor.marketplaces.DeviceAuthorization.Decision.Granted;
import dev.kontor.marketplaces.DeviceAuthorization.DeviceCode;
import dev.kontor.marketplaces.Lane;
import dev.kontor.marketplaces.Marketplace;
import dev.kontor.marketplaces.MarketplaceContract;
import dev.kontor.marketplaces.SeenDrift;
import dev.kontor.marketplaces.Stage;
import dev.kontor.marketplaces.exchange.TestExchange;
import dev.kontor.sandbox.Sandbox;
import dev.kontor.sandbox.Scenario;
import dev.kontor.sandbox.allegro.TrueOffer;
import dev.kontor.sandbox.world.Fault;

/** The adapter against the simulated Allegro, over HTTP. */
class AllegroContractTests extends MarketplaceContract {

    @Override
    protected Stage newStage() {
        return new AllegroStage();
    }

    private static final class AllegroStage implements Stage {

        private final Sandbox sandbox = Sandbox.start(Scenario.of(
                "orders=200",
                "days=30",
                "live-orders-per-minute=0",
                "list-delay=0s",
                "decision=wait",
                "timeout=2s",
                "catalog=60",
                "offer-list-delay=0s",
                "slow-edits=0.5",
                "merges=0"));
        private final SettableClock clock = SettableClock.running();
        private final Set<String> drift = ConcurrentHashMap.newKeySet();
        private final Allegro allegro;
        private final AllegroDeviceAuthorization authorization;

        AllegroStage() {
            var exchange = new TestExchange(
                    clock,
                    Map.of(
                            "kontor.exchange.retry.delay", "1ms",
                            "kontor.exchange.read-timeout", "1s",
                            "kontor.exchange.pause.failures", "1000"));
            var properties = new AllegroProperties(
                    URI.create(sandbox.baseUrl() + "/allegro"),
                    URI.create(sandbox.baseUrl() + "/allegro/auth/oauth"),
                    "kontor-sandbox",
                    "kontor-sandbox-secret",
                    "Kontor",
                    "1.0",
                    URI.create("https://example.org/kontor"),
                    20,
                    50,
                    20,
                    4);
            var calls = new AllegroCalls(exchange.exchange(), exchange.clients(), properties);
            var remembered = new SeenDrift(drift);
            authorization = new AllegroDeviceAuthorization(calls, properties, new AllegroTokens(remembered));
            allegro = new Allegro(
                    calls,
                    authorization,
                    new AllegroOrderFeed(calls, properties, new AllegroReader(remembered)),
                    new AllegroListings(calls, properties, remembered),
                    new AllegroStock(calls, remembered, clock));
        }

        @Override
        public Marketplace marketplace() {
            return allegro;
        }

        @Override
        public Connection connect() {
            var account = UUID.randomUUID();
            var code = ((Ok<DeviceCode>) authorization.begin(account)).value();
            sellerConfirms(code);
            var granted = (Granted) ((Ok<?>) authorization.poll(account, code)).value();
            return new Connection(account, granted.credentials(), Lane.LIVE_ORDERS);
        }

        @Override
        public List<String> buy(int count) {
            var ids = sandbox.allegro().buy(0, count);
            pass(Duration.ofHours(3)); // until all of it has been paid for and written to the log
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
            return sandbox.allegro().orders().stream().map(order -> order.id()).collect(Collectors.toSet());
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
            clock.advance(Duration.ofSeconds(66)); // a ban is over
        }

        @Override
        public void pass(Duration time) {
            clock.advance(time);
            sandbox.advance(time);
        }

        @Override
        public void sellerConfirms(DeviceCode code) {
            sandbox.allegro().confirm(code.userCode(), 0);
        }

        @Override
        public void sellerRefuses(DeviceCode code) {
            sandbox.allegro().refuse(code.userCode());
        }

        @Override
        public void sellerConfirmsAndTheAnswerIsLost(DeviceCode code) {
            sellerConfirms(code);
            faults(Map.of(Fault.ANSWER_LOST, 1.0));
        }

        @Override
        public void revoke() {
            sandbox.allegro().revokeTokens(0);
        }

        @Override
        public Map<String, Integer> stock() {
            return offers().collect(Collectors.toMap(TrueOffer::id, TrueOffer::available));
        }

        private Stream<TrueOffer> offers() {
            return sandbox.allegro().offers(0);
        }

        @Override
        public Set<String> listOddly(Oddity oddity) {
            faults(Map.of(
                    switch (oddity) {
                        case MALFORMED -> Fault.MALFORMED;
                        case UNKNOWN_STATUS -> Fault.UNKNOWN_STATUS;
                        case UNKNOWN_FIELD -> Fault.UNKNOWN_FIELD;
                        case DUPLICATE_CHANGE, REORDERED_CHANGE -> throw new IllegalArgumentException("no such offers");
                    },
                    0.2));
            return offers().filter(offer -> offer.broken() != null)
                    .map(TrueOffer::id)
                    .collect(Collectors.toSet());
        }

        @Override
        public int sell(String listing, int wanted) {
            return sandbox.allegro().buy(0, listing, wanted);
        }

        @Override
        public void sellerShows(String listing, int quantity) {
            sandbox.allegro().show(0, listing, quantity);
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
