package dev.kontor.marketplaces.wix;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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
import dev.kontor.marketplaces.Push;
import dev.kontor.marketplaces.SandboxStage;
import dev.kontor.marketplaces.Stage;
import dev.kontor.marketplaces.exchange.TestExchange;
import dev.kontor.sandbox.Scenario;
import dev.kontor.sandbox.wix.TrueArticle;

/** The adapter against the simulated Wix, over HTTP; the site runs Catalog V3. */
class WixContractTests extends MarketplaceContract {

    @Override
    protected Stage newStage() {
        return new WixStage("V3_CATALOG");
    }

    static final class WixStage extends SandboxStage {

        private final WixApp app;
        private final Wix wix;

        WixStage(String catalog) {
            super(Scenario.of(
                    "orders=1",
                    "days=30",
                    "live-orders-per-minute=0",
                    "list-delay=0s",
                    "limits=false",
                    "timeout=5s",
                    "catalog=60",
                    "wix.catalog=" + catalog,
                    "wix.elsewhere=0",
                    "wix.orders=200",
                    "wix.live-orders-per-minute=0"));
            var exchange = new TestExchange(
                    clock,
                    Map.of(
                            "kontor.exchange.retry.delay", "1ms",
                            "kontor.exchange.read-timeout", "3s",
                            "kontor.exchange.pause.failures", "1000",
                            "kontor.exchange.limits.wix.site.burst", "1000",
                            "kontor.exchange.limits.wix.site.per-minute", "600000",
                            "kontor.exchange.limits.wix.tokens.burst", "1000",
                            "kontor.exchange.limits.wix.tokens.per-minute", "600000"));
            var rules = sandbox.scenario().wix();
            var properties = new WixProperties(
                    URI.create(sandbox.baseUrl() + "/wix"),
                    rules.appId(),
                    rules.appSecret(),
                    "",
                    20,
                    Duration.ofMinutes(5),
                    Duration.ofDays(365));
            var calls = new WixCalls(exchange.exchange(), exchange.clients(), properties);
            app = new WixApp(calls, properties);
            wix = WixFixtures.wix(
                    calls,
                    app,
                    properties,
                    drift,
                    clock,
                    sandbox.wix().entries().get("webhookKey"));
        }

        @Override
        public Marketplace marketplace() {
            return wix;
        }

        @Override
        public Connection connect() {
            var account = UUID.randomUUID();
            var credentials = ((Ok<Credentials>) app.obtain(account, entries(WixApp.class))).value();
            return new Connection(account, credentials, Lane.LIVE_ORDERS);
        }

        @Override
        public Map<String, String> entries(Class<? extends EnteredAuthorization> way) {
            return sandbox.wix().entries();
        }

        @Override
        public Map<String, String> wrongEntries(Class<? extends EnteredAuthorization> way) {
            return Map.of(
                    "instanceId", "00000000-0000-0000-0000-000000000000",
                    "apiKey", "IST.nobody-has-this-key",
                    "siteId", sandbox.scenario().wix().siteId());
        }

        @Override
        public List<String> buy(int count) {
            var ids = sandbox.wix().buy(count);
            pass(Duration.ofMinutes(1)); // until all of it has come to its end and is known to the search
            return ids;
        }

        @Override
        public Set<String> orders() {
            return sandbox.wix().orders().map(order -> order.id()).collect(Collectors.toSet());
        }

        @Override
        public Push.Request told(String order) {
            return new Push.Request(
                    Map.of(), sandbox.wix().webhook(order).getBytes(StandardCharsets.UTF_8), clock.instant());
        }

        @Override
        public Map<String, Integer> stock() {
            return articles().collect(Collectors.toMap(WixStage::listing, TrueArticle::available));
        }

        private Stream<TrueArticle> articles() {
            return sandbox.wix().articles();
        }

        private static String listing(TrueArticle article) {
            return article.variant() == null ? article.product() : article.product() + "/" + article.variant();
        }

        @Override
        protected Set<String> broken() {
            return articles()
                    .filter(article -> article.broken() != null)
                    .map(WixStage::listing)
                    .collect(Collectors.toSet());
        }

        @Override
        public int sell(String listing, int wanted) {
            var id = VariantId.parse(listing);
            return sandbox.wix().buy(id.product(), id.variant(), wanted);
        }

        @Override
        public void sellerShows(String listing, int quantity) {
            var id = VariantId.parse(listing);
            sandbox.wix().show(id.product(), id.variant(), quantity);
        }

        @Override
        public void revoke() {
            sandbox.wix().revoke();
        }
    }
}
