package dev.kontor.marketplaces.allegro;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.kontor.marketplaces.Answer.Ok;
import dev.kontor.marketplaces.Connection;
import dev.kontor.marketplaces.DeviceAuthorization.Decision.Granted;
import dev.kontor.marketplaces.DeviceAuthorization.DeviceCode;
import dev.kontor.marketplaces.Lane;
import dev.kontor.marketplaces.Marketplace;
import dev.kontor.marketplaces.MarketplaceContract;
import dev.kontor.marketplaces.SandboxStage;
import dev.kontor.marketplaces.Stage;
import dev.kontor.marketplaces.exchange.TestExchange;
import dev.kontor.sandbox.Scenario;
import dev.kontor.sandbox.allegro.TrueOffer;
import dev.kontor.sandbox.world.Fault;

/** The adapter against the simulated Allegro, over HTTP. */
class AllegroContractTests extends MarketplaceContract {

    @Override
    protected Stage newStage() {
        return new AllegroStage();
    }

    private static final class AllegroStage extends SandboxStage {

        private final Allegro allegro;
        private final AllegroDeviceAuthorization authorization;

        AllegroStage() {
            super(Scenario.of(
                    "orders=200",
                    "days=30",
                    "live-orders-per-minute=0",
                    "list-delay=0s",
                    "decision=wait",
                    "timeout=5s",
                    "catalog=60",
                    "offer-list-delay=0s",
                    "slow-edits=0.5",
                    "merges=0"));
            var exchange = new TestExchange(
                    clock,
                    Map.of(
                            "kontor.exchange.retry.delay", "1ms",
                            "kontor.exchange.read-timeout", "3s",
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
            authorization = new AllegroDeviceAuthorization(calls, properties, new AllegroTokens(drift));
            allegro = new Allegro(
                    calls,
                    authorization,
                    new AllegroOrderFeed(calls, properties, new AllegroReader(drift)),
                    new AllegroListings(calls, properties, drift),
                    new AllegroStock(calls, drift, clock));
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
        public Set<String> orders() {
            return sandbox.allegro().orders().stream().map(order -> order.id()).collect(Collectors.toSet());
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
        protected Set<String> broken() {
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
    }
}
