package dev.kontor.faults;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

import tools.jackson.databind.JsonNode;

import dev.kontor.HttpCaller;
import dev.kontor.Kontor;
import dev.kontor.TestDatabase;
import dev.kontor.sandbox.Sandbox;
import dev.kontor.sandbox.Scenario;
import dev.kontor.sandbox.allegro.TrueOffer;
import dev.kontor.sandbox.amazon.TrueListing;
import dev.kontor.sandbox.wix.TrueArticle;
import dev.kontor.sandbox.world.Fault;

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
    private static final Duration PATIENCE = Duration.ofSeconds(Long.getLong("kontor.test.patience", 90));

    private final Sandbox sandbox;
    private final ConfigurableApplicationContext kontor;
    private final HttpCaller caller;
    private final JdbcClient jdbc;
    private final Map<Shop, UUID> accounts = new EnumMap<>(Shop.class);
    private final Map<String, TrueOffer> offers;
    private final Map<String, TrueArticle> articles;
    private final Deque<String> goods;

    static ThreeShops open(long seed, java.nio.file.Path directory) {
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
                "amazon.patch-delay=500ms"));
        try {
            return new ThreeShops(sandbox, directory);
        } catch (RuntimeException | AssertionError e) {
            sandbox.close();
            throw e;
        }
    }

    private ThreeShops(Sandbox sandbox, java.nio.file.Path directory) {
        this.sandbox = sandbox;
        this.offers = sandbox.allegro()
                .offers(0)
                .filter(it -> it.sku() != null && it.status().equals("ACTIVE"))
                .collect(Collectors.toMap(TrueOffer::sku, it -> it, (one, other) -> one, LinkedHashMap::new));
        this.articles = sandbox.wix()
                .articles()
                .filter(it -> it.sku() != null && it.visible() && it.tracked())
                .collect(Collectors.toMap(TrueArticle::sku, it -> it, (one, other) -> one));
        var amazon = sandbox.amazon()
                .listings()
                .filter(it -> it.merchant() && it.buyable() > 0)
                .map(TrueListing::sku)
                .collect(Collectors.toSet());
        this.goods = offers.keySet().stream()
                .filter(sku -> sku.matches("[A-Za-z0-9-]+") && articles.containsKey(sku) && amazon.contains(sku))
                .collect(Collectors.toCollection(ArrayDeque::new));
        goods.forEach(sku -> Stream.of(Shop.values()).forEach(shop -> showByHand(shop, sku, UNITS)));
        this.kontor = new SpringApplicationBuilder(Kontor.class)
                .initializers(context -> ((GenericApplicationContext) context)
                        .registerBean(
                                "sandboxTime", Clock.class, () -> new SandboxTime(sandbox), it -> it.setPrimary(true)))
                .run(settings(sandbox, directory).entrySet().stream()
                        .map(it -> "--" + it.getKey() + "=" + it.getValue())
                        .toArray(String[]::new));
        this.jdbc = kontor.getBean(JdbcClient.class);
        jdbc.sql(SCHEDULER_IS_BEHIND).update();
        pass(AHEAD);
        var key = Seller.administrator(Kontors.port(kontor))
                .post("/api/v1/api-keys", Map.of("name", "stories", "role", "ADMINISTRATOR"));
        this.caller = HttpCaller.nobody(Kontors.port(kontor)).withKey(key.text("key"));
        try {
            begin();
        } catch (RuntimeException | AssertionError e) {
            kontor.close();
            throw e;
        }
    }

    /** Kontor's time. */
    private static final class SandboxTime extends Clock {
        private final Sandbox sandbox;

        SandboxTime(Sandbox sandbox) {
            this.sandbox = sandbox;
        }

        @Override
        public Instant instant() {
            return sandbox.now();
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    /** Further than anything is planned, so that Kontor's time and the machine's cannot be mistaken for each other. */
    private static final Duration AHEAD = Duration.ofHours(6);

    /**
     * The scheduler knows the machine's clock only: what Kontor wants done at its own time is translated. It may have been
     * read before the last jump, which is shorter than an hour.
     */
    private static final String SCHEDULER_IS_BEHIND = """
            create table public.story (ahead interval not null);
            insert into public.story values ('0 s');
            create function public.behind() returns trigger language plpgsql as $$
            declare gap interval;
            begin
              select ahead into gap from public.story;
              if gap > '5 h' and new.execution_time > clock_timestamp() + gap - interval '65 min' then
                new.execution_time := greatest(clock_timestamp(), new.execution_time - gap);
              end if;
              return new;
            end $$;
            create trigger behind before insert or update on scheduled_tasks
              for each row execute function public.behind();
            """;

    private static Map<String, String> settings(Sandbox sandbox, java.nio.file.Path directory) {
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
        count(goods.stream().collect(Collectors.toMap(sku -> sku, sku -> UNITS)), false);
        ok(caller.send("PUT", "/api/v1/policies/default", "{\"strategy\": \"MIRROR\"}"));
        Stream.of(Shop.values()).forEach(shop -> accounts.put(shop, connect(shop, credentials(shop))));
        confirm();
        sandbox.wix().tell(java.net.URI.create("http://localhost:" + Kontors.port(kontor) + "/hooks/v1/wix"));
        for (var account : accounts.values()) {
            waiting()
                    .until(() -> caller.get("/api/v1/accounts/" + account + "/inventory")
                            .json()
                            .at("/figures/readAt")
                            .isString());
            ok(caller.send(
                    "PUT",
                    "/api/v1/accounts/" + account + "/inventory",
                    "{\"truth\": \"KONTOR\", \"mode\": \"WRITING\"}"));
        }
        var all = List.copyOf(goods);
        waiting()
                .atMost(PATIENCE.multipliedBy(2))
                .untilAsserted(() -> assertThat(unverified(all)).isEmpty());
        pass(Duration.ofSeconds(6)); // no sale can be taken for one of before the reading
    }

    private UUID connect(Shop shop, Map<String, String> credentials) {
        var wish = new LinkedHashMap<String, Object>(
                Map.of("name", shop.name(), "marketplace", shop.code(), "ownerId", UUID.randomUUID()));
        if (!credentials.isEmpty()) {
            wish.put("credentials", credentials);
        }
        return UUID.fromString(
                ok(caller.post("/api/v1/accounts", wish)).path("id").asString());
    }

    private void confirm() {
        waiting().ignoreExceptions().until(() -> {
            var account = account(Shop.ALLEGRO);
            if (account.has("userCode")) {
                sandbox.allegro().confirm(account.path("userCode").asString(), 0);
            }
            return account.path("state").asString().equals("ACTIVE") && !account.has("userCode");
        });
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

    JdbcClient jdbc() {
        return jdbc;
    }

    UUID id(Shop shop) {
        return accounts.get(shop);
    }

    /** Goods that no other story has. */
    List<String> goods(int count) {
        assertThat(goods).hasSizeGreaterThanOrEqualTo(count);
        return IntStream.range(0, count).mapToObj(it -> goods.remove()).toList();
    }

    /** For everybody; after the beginning less than an hour at once. */
    synchronized void pass(Duration duration) {
        var seconds = duration.toMillis() / 1000.0;
        jdbc.sql("update public.story set ahead = ahead + make_interval(secs => ?)")
                .param(seconds)
                .update();
        sandbox.advance(duration);
        jdbc.sql(
                        "update scheduled_tasks set execution_time = execution_time - make_interval(secs => ?) where not picked")
                .param(seconds)
                .update();
    }

    // The truth

    int truth(Shop shop, String sku) {
        return switch (shop) {
            case ALLEGRO ->
                sandbox.allegro()
                        .offers(0)
                        .filter(it -> sku.equals(it.sku()))
                        .mapToInt(it -> it.status().equals("ACTIVE") ? it.available() : 0)
                        .sum();
            case WIX ->
                sandbox.wix()
                        .articles()
                        .filter(it -> sku.equals(it.sku()))
                        .mapToInt(TrueArticle::available)
                        .sum();
            case AMAZON ->
                sandbox.amazon()
                        .listings()
                        .filter(it -> sku.equals(it.sku()))
                        .mapToInt(TrueListing::buyable)
                        .sum();
        };
    }

    int buy(Shop shop, String sku, int quantity) {
        return switch (shop) {
            case ALLEGRO -> sandbox.allegro().buy(0, offers.get(sku).id(), quantity);
            case WIX -> sandbox.wix().buy(articles.get(sku).product(), variant(sku), quantity);
            case AMAZON -> sandbox.amazon().buy(sku, quantity);
        };
    }

    void showByHand(Shop shop, String sku, int quantity) {
        switch (shop) {
            case ALLEGRO -> sandbox.allegro().show(0, offers.get(sku).id(), quantity);
            case WIX -> sandbox.wix().show(articles.get(sku).product(), variant(sku), quantity);
            case AMAZON -> sandbox.amazon().show(sku, quantity);
        }
    }

    void remove(Shop shop, String sku) {
        switch (shop) {
            case ALLEGRO -> sandbox.allegro().remove(0, offers.get(sku).id());
            case WIX -> sandbox.wix().remove(articles.get(sku).product());
            case AMAZON -> sandbox.amazon().remove(sku);
        }
    }

    /** Goods of which Wix has no variants. */
    String goodsAlone() {
        return goods(true);
    }

    /** Goods that are one of several variants at Wix. */
    String goodsOfSeveral() {
        return goods(false);
    }

    private String goods(boolean alone) {
        var sku = goods.stream().filter(it -> alone(it) == alone).findFirst().orElseThrow();
        goods.remove(sku);
        return sku;
    }

    private boolean alone(String sku) {
        var product = articles.get(sku).product();
        return articles.values().stream()
                        .filter(it -> it.product().equals(product))
                        .count()
                == 1;
    }

    /** As the site's catalog names it now. */
    private @Nullable String variant(String sku) {
        return sandbox.wix()
                .articles()
                .filter(it -> sku.equals(it.sku()))
                .findFirst()
                .map(TrueArticle::variant)
                .orElse(null);
    }

    /** Whether Wix counts what there is of it. */
    boolean counted(String sku) {
        return sandbox.wix().articles().filter(it -> sku.equals(it.sku())).allMatch(TrueArticle::tracked);
    }

    /** How often a marketplace was asked for, or told, the quantities of single listings, whatever it answered. */
    long stockRequests(Shop shop) {
        var paths = switch (shop) {
            case ALLEGRO -> List.of("/sale/product-offers/", "/sale/offer-quantity-change-commands/");
            case WIX -> List.of("/stores/v3/inventory-items", "/stores/v3/bulk/inventory-items");
            case AMAZON -> List.of("/listings/2021-08-01/items/{sellerId}/{sku}");
        };
        return sandbox.counters().all().entrySet().stream()
                .filter(it -> paths.stream().anyMatch(path -> it.getKey().contains(" /" + shop.code() + path)))
                .flatMap(it -> it.getValue().values().stream())
                .mapToLong(Long::longValue)
                .sum();
    }

    long refusedForTheirNumber(Shop shop) {
        return sandbox.counters().of("/" + shop.code(), 429);
    }

    /** All of them happen always from now on, and no other; none at all ends them. */
    void faults(Fault... faults) {
        faults(Arrays.stream(faults).collect(Collectors.toMap(it -> it, it -> 1.0)));
    }

    void faults(Map<Fault, Double> faults) {
        sandbox.allegro().faults(faults);
        pass(Duration.ofMillis(2)); // they begin an instant later
    }

    /** The seller takes his permission back. */
    void revoke(Shop shop) {
        switch (shop) {
            case ALLEGRO -> sandbox.allegro().revokeTokens(0);
            case WIX -> sandbox.wix().revoke();
            case AMAZON -> sandbox.amazon().revoke();
        }
    }

    void permitAgain(Shop shop) {
        if (shop == Shop.WIX) {
            sandbox.wix().install();
        }
        var body = shop == Shop.ALLEGRO ? Map.of() : Map.of("credentials", credentials(shop));
        ok(caller.post("/api/v1/accounts/" + id(shop) + "/reauthorize", body));
        if (shop == Shop.ALLEGRO) {
            confirm();
        }
        waiting().until(() -> state(shop).equals("ACTIVE"));
    }

    private Map<String, String> credentials(Shop shop) {
        return switch (shop) {
            case ALLEGRO -> Map.of();
            case WIX -> Map.of("instanceId", sandbox.wix().entries().get("instanceId"));
            case AMAZON -> sandbox.amazon().entries();
        };
    }

    // What Kontor says

    static JsonNode ok(HttpCaller.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isBetween(200, 299);
        return answer.body().isEmpty() ? tools.jackson.databind.node.MissingNode.getInstance() : answer.json();
    }

    JsonNode get(String path) {
        return ok(caller.get(path));
    }

    JsonNode account(Shop shop) {
        return get("/api/v1/accounts/" + id(shop));
    }

    String state(Shop shop) {
        return account(shop).path("state").asString();
    }

    /** The one that is there, where others are gone. */
    JsonNode listing(Shop shop, String sku) {
        return get("/api/v1/listings?limit=10&item=" + item(sku))
                .path("items")
                .valueStream()
                .filter(it -> it.path("account").asString().equals(id(shop).toString()))
                .min(Comparator.comparing(it -> it.path("state").asString().equals("GONE")))
                .orElseThrow(() -> new AssertionError("no listing of " + sku + " at " + shop));
    }

    List<JsonNode> writes(Shop shop, String sku) {
        return get("/api/v1/listings/" + listing(shop, sku).path("id").asString() + "/writes?limit=200")
                .path("items")
                .valueStream()
                .toList();
    }

    private String item(String sku) {
        return get("/api/v1/items/" + sku).path("id").asString();
    }

    long available(String sku) {
        return get("/api/v1/items/" + sku + "/positions")
                .path("items")
                .valueStream()
                .filter(it -> it.path("stockType").asString("OWN").equals("OWN"))
                .mapToLong(it -> it.path("available").asLong())
                .sum();
    }

    /** A look at all there is to know, for who wonders why. */
    String explain(Shop shop, String sku) {
        return shop + " truth " + truth(shop, sku) + " "
                + jdbc.sql("""
                        select row_to_json(p)::text || coalesce((select string_agg(row_to_json(w)::text, ' ')
                          from inventory.writes w where w.listing = l.id), '') || coalesce((select row_to_json(r)::text
                          from inventory.listing_readings r where r.listing = l.id), '')
                        from inventory.publications p join inventory.listings l on l.id = p.listing
                        join inventory.items i on i.id = l.item where i.sku = ? and l.account = ?""").params(sku, id(shop)).query(String.class).list();
    }

    /** Which of their listings were not seen to show what they have to show. */
    List<String> unverified(Collection<String> skus) {
        return jdbc.sql("""
                        select i.sku || ' ' || l.account || ' ' || p.state || ' ' || coalesce(p.reason, '')
                        from inventory.items i join inventory.listings l on l.item = i.id
                        join inventory.publications p on p.listing = l.id
                        where i.sku = any(?) and not p.gone and (p.desired is null or p.desired is distinct from p.expected
                          or p.command is not null or p.verified is distinct from p.desired or p.work is not null)""")
                .param(skus.toArray(String[]::new))
                .query(String.class)
                .list();
    }

    void count(Map<String, Integer> counts, boolean recount) {
        var rows = counts.entrySet().stream()
                .map(it -> it.getKey() + ",Goods " + it.getKey() + "," + it.getValue())
                .collect(Collectors.joining("\n", "sku,name,count\n", "\n"));
        var report = ok(importing(rows, recount));
        assertThat(report.path("refused")).as(report.toString()).isEmpty();
    }

    HttpCaller.Answer importing(String rows, boolean recount) {
        return caller.with("Content-Type", "text/csv")
                .send("POST", "/api/v1/items/import" + (recount ? "?recount=true" : ""), rows);
    }

    /** All listings, from the beginning to the end. */
    void readListings(Shop shop) {
        var path = "/api/v1/accounts/" + id(shop) + "/listings";
        var before = get(path).path("round").asLong();
        ok(caller.post(path + "/read", ""));
        waiting().until(() -> {
            var now = get(path);
            return now.path("round").asLong() > before
                    && now.path("phase").asString().equals("FINISHED");
        });
    }

    /** What each of the goods' listings was told, ever. */
    Map<String, Integer> writes(Collection<String> skus) {
        return skus.stream()
                .collect(Collectors.toMap(
                        sku -> sku,
                        sku -> Stream.of(Shop.values())
                                .mapToInt(shop -> writes(shop, sku).size())
                                .sum()));
    }

    List<JsonNode> plans(String state) {
        return get("/api/v1/plans?limit=500&state=" + state)
                .path("items")
                .valueStream()
                .toList();
    }

    JsonNode explained(Shop shop, String sku) {
        return get("/api/v1/items/" + sku + "/explain?listing="
                + listing(shop, sku).path("id").asString());
    }

    // Waiting

    static ConditionFactory waiting() {
        return Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200));
    }

    /** Until the marketplace has got a first write of the goods, whatever will become of it. */
    void awaitSent(Shop shop, String sku) {
        waiting()
                .untilAsserted(() -> assertThat(writes(shop, sku))
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
            assertThat(truth(shop, sku)).as(() -> explain(shop, sku)).isEqualTo(quantity);
            var listing = listing(shop, sku);
            assertThat(listing.path("desired").asInt(-1))
                    .as(() -> explain(shop, sku))
                    .isEqualTo(quantity);
            assertThat(listing.path("expected").asInt(-1))
                    .as(() -> explain(shop, sku))
                    .isEqualTo(quantity);
            var written = writes(shop, sku);
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
        assertThat(available(sku)).isEqualTo(quantity);
    }

    /** The same, but a minute passes whenever Kontor has had a look at all marketplaces. */
    void awaitInTime(Runnable check) {
        waiting().pollDelay(Duration.ZERO).untilAsserted(() -> {
            try {
                check.run();
            } catch (AssertionError e) {
                breathe();
                pass(Duration.ofMinutes(1));
                throw e;
            }
        });
    }

    /** So much passes, step by step, and Kontor reads all listings in their turn. */
    void passUntil(Duration end, Runnable check) {
        for (var passed = Duration.ZERO; passed.compareTo(end) < 0; passed = passed.plusMinutes(20)) {
            breathe();
            pass(Duration.ofMinutes(20));
        }
        breathe();
        awaitInTime(check);
    }

    void awaitInTimeAt(Collection<Shop> shops, String sku, int quantity) {
        awaitInTime(() -> check(shops, sku, quantity));
    }

    /** Until Kontor has asked each marketplace that lets it in once more what was sold. */
    void breathe() {
        var now = sandbox.now();
        accounts.entrySet().stream()
                .filter(it -> state(it.getKey()).equals("ACTIVE"))
                .map(Map.Entry::getValue)
                .forEach(account -> waiting()
                        .until(() -> get("/api/v1/sync-runs?limit=20&kind=feed&account=" + account)
                                .path("items")
                                .valueStream()
                                .anyMatch(run -> Instant.parse(
                                                run.path("startedAt").asString())
                                        .isAfter(now))));
    }
}
