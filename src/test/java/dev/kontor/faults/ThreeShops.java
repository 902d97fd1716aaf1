package dev.kontor.faults;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.kontor.HttpCaller;
import dev.kontor.Kontor;
import dev.kontor.TestDatabase;
import dev.kontor.ThreeAccounts;
import dev.kontor.access.Scope;
import dev.kontor.sandbox.Sandbox;
import dev.kontor.sandbox.Scenario;
import dev.kontor.sandbox.world.Fault;

import static dev.kontor.ThreeAccounts.ok;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * One seller who has the same goods at Allegro, Wix and Amazon, and a Kontor that writes their quantities. All of them go
 * by the sandbox's clock, so that an hour passes for everybody when a test lets it pass.
 */
final class ThreeShops implements AutoCloseable {

    enum Shop {
        ALLEGRO,
        WIX,
        AMAZON;

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        List<Shop> others() {
            return Arrays.stream(values()).filter(it -> it != this).toList();
        }
    }

    /** What all of them begin with. */
    static final int UNITS = 60;

    /** How old the simulated Allegro's list of offers is. */
    static final Duration LIST_LAG = Duration.ofMinutes(2);

    private static final int CATALOG = 130;

    /** A busy machine may take longer. */
    private static final Duration PATIENCE = Duration.ofSeconds(Long.getLong("kontor.test.patience", 180));

    private final Sandbox sandbox;
    private final ConfigurableApplicationContext kontor;
    private final HttpCaller caller;
    private final ThreeAccounts accounts;
    private final Market market;
    private final StockView stock;
    private final StoryTime time;

    /** A Kontor's clock that goes as its sandbox does. */
    private static Clock clock(Sandbox sandbox) {
        InstantSource time = sandbox::now;
        return time.withZone(ZoneOffset.UTC);
    }

    static ThreeShops open(long seed, Path directory) {
        var sandbox = Sandbox.start(Scenario.of(
                "seed=" + seed,
                "orders=1",
                "live-orders-per-minute=0",
                "live-pace=0.01", // nobody cancels meanwhile
                "merges=0",
                "catalog=" + CATALOG,
                "list-delay=0s",
                "offer-list-delay=" + LIST_LAG,
                "command-delay=300ms",
                "decision=wait",
                "poll-interval=1s",
                "timeout=4s",
                "wix.orders=1",
                "wix.live-orders-per-minute=0",
                "wix.elsewhere=0",
                "wix.requests-per-minute=1500", // what the beginning costs is not to be waited for
                "amazon.orders=1",
                "amazon.live-orders-per-minute=0",
                "amazon.fba=0",
                "amazon.searches-per-minute=60", // Kontor's budgets know no time but the true one
                "amazon.patch-delay=500ms"));
        try {
            return new ThreeShops(sandbox, directory);
        } catch (RuntimeException | AssertionError e) {
            sandbox.close();
            throw e;
        }
    }

    private ThreeShops(Sandbox sandbox, Path directory) {
        this.sandbox = sandbox;
        this.market = new Market(sandbox);
        this.kontor = new SpringApplicationBuilder(Kontor.class)
                .initializers(context -> ((GenericApplicationContext) context)
                        .registerBean("sandboxTime", Clock.class, () -> clock(sandbox), it -> it.setPrimary(true)))
                .run(settings(sandbox, directory).entrySet().stream()
                        .map(it -> "--" + it.getKey() + "=" + it.getValue())
                        .toArray(String[]::new));
        var jdbc = kontor.getBean(JdbcClient.class);
        this.time = new StoryTime(sandbox, jdbc);
        var key = Seller.administrator(Kontors.port(kontor))
                .post("/api/v1/api-keys", Map.of("name", "stories", "scopes", Scope.values()));
        this.caller = HttpCaller.nobody(Kontors.port(kontor)).withKey(key.text("key"));
        var control = HttpCaller.nobody(URI.create(sandbox.baseUrl()).getPort());
        this.accounts = new ThreeAccounts(control, caller, waiting());
        this.stock = new StockView(caller, accounts, jdbc);
        try {
            begin();
        } catch (RuntimeException | AssertionError e) {
            kontor.close();
            throw e;
        }
    }

    private static Map<String, String> settings(Sandbox sandbox, Path directory) {
        var settings = new LinkedHashMap<String, String>();
        for (var setting : SandboxInitializer.settings(sandbox.baseUrl())) {
            var parts = setting.split("=", 2);
            settings.put(parts[0], parts[1]);
        }
        settings.keySet().removeIf(it -> it.startsWith("kontor.exchange.pause")); // who is away is asked as in earnest
        var amazon = sandbox.baseUrl() + "/amazon";
        settings.put("kontor.data", directory.toString());
        settings.put("kontor.database.url", TestDatabase.create());
        settings.put("kontor.database.user", "postgres");
        settings.put("server.port", "0");
        settings.put("kontor.orders.interval.sweep", "30m");
        settings.put("kontor.orders.interval.certificate", "12h");
        settings.put("kontor.wix.api-url", sandbox.baseUrl() + "/wix");
        settings.put("kontor.wix.app-id", sandbox.scenario().wix().appId());
        settings.put("kontor.wix.app-secret", sandbox.scenario().wix().appSecret());
        settings.put("kontor.wix.webhook.key", sandbox.wix().entries().get("webhookKey"));
        settings.put("kontor.wix.history", "2d");
        settings.put("kontor.exchange.limits.wix.site.burst", "200");
        settings.put("kontor.exchange.limits.wix.site.per-minute", "1000");
        settings.put("kontor.amazon.api-url", amazon);
        settings.put("kontor.amazon.auth-url", amazon);
        settings.put("kontor.amazon.client-id", sandbox.scenario().amazon().clientId());
        settings.put("kontor.amazon.client-secret", sandbox.scenario().amazon().clientSecret());
        settings.put("kontor.amazon.history", "2d");
        settings.put("kontor.amazon.queue.url", amazon + "/queue/000000000000/kontor");
        settings.put("kontor.amazon.queue.endpoint", amazon + "/queue");
        settings.put("kontor.amazon.queue.access-key", "kontor-sandbox");
        settings.put("kontor.amazon.queue.secret-key", "kontor-sandbox-queue-secret");
        settings.put("kontor.orders.loops.amazon.certificate", "false"); // searches are few
        return settings;
    }

    // The beginning

    private void begin() {
        var all = market.goods();
        stock.count(all.stream().collect(Collectors.toMap(sku -> sku, sku -> UNITS)), false);
        ok(caller.send("PUT", "/api/v1/policies/default", "{\"strategy\": \"MIRROR\"}"));
        accounts.connect();
        for (var shop : Shop.values()) {
            accounts.answer(shop.code(), Map.of("truth", "KONTOR", "mode", "WRITING"));
        }
        waiting()
                .atMost(PATIENCE.multipliedBy(2))
                .untilAsserted(() -> assertThat(stock.unverified(all)).isEmpty());
        time.pass(Duration.ofSeconds(6)); // no sale can be taken for one of before the reading
    }

    @Override
    public void close() {
        kontor.close();
        sandbox.close();
    }

    Sandbox sandbox() {
        return sandbox;
    }

    HttpCaller caller() {
        return caller;
    }

    Market market() {
        return market;
    }

    StockView stock() {
        return stock;
    }

    StoryTime time() {
        return time;
    }

    /** All of them happen always from now on, and no other; none at all ends them. */
    void faults(Fault... faults) {
        faults(Arrays.stream(faults).collect(Collectors.toMap(it -> it, it -> 1.0)));
    }

    void faults(Map<Fault, Double> faults) {
        sandbox.allegro().faults(faults);
        time.pass(Duration.ofMillis(2)); // they begin an instant later
    }

    void permitAgain(Shop shop) {
        if (shop == Shop.WIX) {
            sandbox.wix().install();
        }
        accounts.reconnect(shop.code());
    }

    /** A look at all there is to know, for who wonders why. */
    String explain(Shop shop, String sku) {
        return shop + " truth " + market.truth(shop, sku) + " " + stock.records(shop, sku);
    }

    // Waiting

    static ConditionFactory waiting() {
        return Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200));
    }

    /** Until the marketplace has got a first write of the goods, whatever will become of it. */
    void awaitSent(Shop shop, String sku) {
        waiting()
                .untilAsserted(() -> assertThat(stock.writes(shop, sku))
                        .as(() -> explain(shop, sku))
                        .anyMatch(write -> !write.path("state").asString().equals("SENT")));
    }

    /** Until buyers can have as many everywhere, and Kontor has seen it. */
    void awaitEverywhere(String sku, int quantity) {
        awaitAt(List.of(Shop.values()), sku, quantity);
    }

    void awaitAt(Collection<Shop> shops, String sku, int quantity) {
        waiting().untilAsserted(() -> check(shops, sku, quantity));
    }

    void checkEverywhere(String sku, int quantity) {
        check(List.of(Shop.values()), sku, quantity);
    }

    private void check(Collection<Shop> shops, String sku, int quantity) {
        shops.forEach(shop -> {
            assertThat(market.truth(shop, sku)).as(() -> explain(shop, sku)).isEqualTo(quantity);
            var listing = stock.listing(shop, sku);
            assertThat(listing.path("desired").asInt(-1))
                    .as(() -> explain(shop, sku))
                    .isEqualTo(quantity);
            assertThat(listing.path("expected").asInt(-1))
                    .as(() -> explain(shop, sku))
                    .isEqualTo(quantity);
            var written = stock.writes(shop, sku);
            if (!written.isEmpty() && written.getFirst().path("desired").asInt() == quantity) {
                assertThat(listing.path("state").asString())
                        .as(() -> explain(shop, sku))
                        .isEqualTo("VERIFIED");
                assertThat(listing.path("verified").asInt()).isEqualTo(quantity);
            } else { // its own sales made it so
                assertThat(listing.path("state").asString())
                        .as(() -> explain(shop, sku))
                        .isIn("VERIFIED", "APPLIED");
            }
        });
        assertThat(stock.available(sku)).isEqualTo(quantity);
    }

    /** The same, but a minute passes whenever Kontor has had a look at all marketplaces. */
    void awaitInTime(Runnable check) {
        waiting().pollDelay(Duration.ZERO).untilAsserted(() -> {
            try {
                check.run();
            } catch (AssertionError e) {
                breathe();
                time.pass(Duration.ofMinutes(1));
                throw e;
            }
        });
    }

    /** So much passes, step by step, and Kontor reads all listings in their turn. */
    void passUntil(Duration end, Runnable check) {
        for (var passed = Duration.ZERO; passed.compareTo(end) < 0; passed = passed.plusMinutes(20)) {
            breathe();
            time.pass(Duration.ofMinutes(20));
        }
        breathe();
        awaitInTime(check);
    }

    void awaitInTimeAt(Collection<Shop> shops, String sku, int quantity) {
        awaitInTime(() -> check(shops, sku, quantity));
    }

    /** Until Kontor has asked each marketplace that lets it in once more what was sold. */
    void breathe() {
        var now = time.now();
        Stream.of(Shop.values())
                .filter(shop -> stock.state(shop).equals("ACTIVE"))
                .forEach(shop -> waiting().until(() -> stock.askedSince(shop, now)));
    }
}
