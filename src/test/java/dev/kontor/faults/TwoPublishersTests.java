package dev.kontor.faults;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import tools.jackson.databind.JsonNode;

import dev.kontor.FreePort;
import dev.kontor.HttpCaller;
import dev.kontor.TestDatabase;
import dev.kontor.TestRedis;
import dev.kontor.ThreeAccounts;
import dev.kontor.sandbox.Sandbox;

import static dev.kontor.ThreeAccounts.ALLEGRO;
import static dev.kontor.ThreeAccounts.AMAZON;
import static dev.kontor.ThreeAccounts.WIX;
import static dev.kontor.ThreeAccounts.ok;
import static org.assertj.core.api.Assertions.assertThat;

/** Two Kontors on one database and one Redis that tell three marketplaces of one stock, until one of them is gone. */
class TwoPublishersTests {

    private static final int CATALOG = 40;
    private static final int UNITS = 100;

    /** The operations, as the metrics name them, by which marketplaces are told what they may sell. */
    private static final List<String> WRITES =
            List.of("stock.command", "stock.edit", "stock.update", "stock.update-many", "stock.patch", "feeds.create");

    /** What each of the two has to have written. */
    private static final int SHARE = 10;

    /** Four heartbeats missed, and not only because one waits for a processor. */
    private static final String QUICK_TAKEOVER = "db-scheduler.heartbeat-interval=3s";

    /** A third is sold at Amazon, which lets Kontor ask for an order every two seconds. */
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(1500);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private final long seed = Long.getLong("kontor.test.seed", System.nanoTime());
    private final String database = TestDatabase.create();
    private final TestRedis redis = TestRedis.start();
    private final Sandbox sandbox = OneSellersShops.simulation(
            seed,
            CATALOG,
            "limits=on",
            "live-pace=0.01", // nobody cancels, so that nothing is ever shown that has to be more than it was
            "amazon.searches-per-minute=60",
            "wix.requests-per-minute=240"); // Kontor keeps to 200; on a busy machine some arrive late, and together
    private final OneSellersShops shops = new OneSellersShops(sandbox);
    private final LedgerTruth ledger =
            new LedgerTruth(shops, JdbcClient.create(new DriverManagerDataSource(database, "postgres", "")));
    private final Map<String, Integer> asked = new ConcurrentHashMap<>();
    private final Watch watch = new Watch();

    @TempDir
    Path directory;

    @AfterEach
    void end() {
        sandbox.close();
        redis.stop();
    }

    @Test
    void shareTheWorkAndOneGoesOnAloneWhenTheOtherIsStopped() {
        sellUntilOneIs(KontorProcess::stop);
    }

    @Test
    @Tag("chaos") // what the dead one had begun is left alone for minutes
    void shareTheWorkAndOneGoesOnAloneWhenTheOtherIsKilled() {
        sellUntilOneIs(KontorProcess::kill);
    }

    private void sellUntilOneIs(Consumer<KontorProcess> gone) {
        System.out.println("two Kontors with one stock, seed " + seed);
        int onePort = FreePort.find();
        int otherPort = FreePort.find();
        try (var one = start("one", onePort);
                var other = start("other", otherPort);
                var buyers = new Buyers(seed + 1, LONGEST_PAUSE, this::buySomething)) {
            one.awaitStart(onePort);
            other.awaitStart(otherPort);
            open(Seller.administrator(onePort));
            buyers.come();
            waiting().until(() -> writes(onePort) >= SHARE && writes(otherPort) >= SHARE);
            for (var marketplace : ThreeAccounts.ALL) {
                buyAll(marketplace, shops.skus().get(ThreeAccounts.ALL.indexOf(marketplace)));
            }

            gone.accept(one);

            assertThat(one.output()).doesNotContain("cannot be found out"); // what it leaves to the other is no trouble
            sandbox.wix().tell(URI.create("http://localhost:" + otherPort + "/hooks/v1/wix"));
            var before = ledger.sales().size();
            waiting().until(() -> ledger.sales().size() >= before + 10);
            buyers.close();
            var seller = Seller.administrator(otherPort);
            waiting().untilAsserted(this::theLedgerIsTheTruth);
            waiting().untilAsserted(() -> allShowWhatIsLeft(seller));
            assertThat(ok(seller.post("/api/v1/inventory/proof", ""))
                            .path("proven")
                            .asBoolean())
                    .isTrue();
            watch.end();
            nobodyAskedTooMuch();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("with seed " + seed + ": " + e.getMessage(), e);
        }
    }

    private KontorProcess start(String name, int port) {
        var settings = new ArrayList<>(OneSellersShops.addresses(sandbox));
        settings.addAll(List.of(
                "kontor.database.url=" + database,
                "kontor.database.user=postgres",
                "kontor.redis.url=" + redis.url(),
                "kontor.data=" + directory.resolve(name),
                "kontor.keys=" + directory.resolve("keys"),
                QUICK_TAKEOVER,
                "server.port=" + port));
        return KontorProcess.start(directory.resolve(name + ".log"), Map.of(), settings.toArray(String[]::new));
    }

    private ConditionFactory waiting() {
        return Seller.waiting()
                .atMost(Duration.ofMinutes(8))
                .pollInterval(Duration.ofMillis(500))
                .failFast(watch::sawNothing);
    }

    /** Everything is counted before the first marketplace is connected. */
    private void open(HttpCaller kontor) {
        assertThat(shops.skus()).hasSizeGreaterThan(8);
        var sheet = new StringBuilder("sku,name,type,parts,count\n");
        for (var sku : shops.skus()) {
            shops.show(sku, UNITS);
            sheet.append(sku + "," + sku + ",,," + UNITS + "\n");
        }
        ok(kontor.with("Content-Type", "text/csv").send("POST", "/api/v1/items/import", sheet.toString()));
        ok(kontor.send("PUT", "/api/v1/policies/default", "{\"strategy\": \"MIRROR\"}"));
        shops.connect(kontor);
        waiting().untilAsserted(() -> allShowWhatIsLeft(kontor));
        ledger.begin();
        watch.begin();
    }

    // Buyers

    private void buySomething(Random taste) {
        var among = shops.skus().subList(ThreeAccounts.ALL.size(), shops.skus().size());
        buy(
                ThreeAccounts.ALL.get(taste.nextInt(ThreeAccounts.ALL.size())),
                among.get(taste.nextInt(among.size())),
                1 + taste.nextInt(3));
    }

    private void buyAll(String marketplace, String sku) {
        buy(marketplace, sku, UNITS);
    }

    /** What is asked for is known before it is sold, so that the watch never takes a sale for a write. */
    private void buy(String marketplace, String sku, int quantity) {
        asked.merge(sku, quantity, Integer::sum);
        assertThat(shops.buy(marketplace, sku, quantity))
                .as(sku + " at " + marketplace)
                .isEqualTo(quantity);
    }

    private int left(String sku) {
        return UNITS - asked.getOrDefault(sku, 0);
    }

    /**
     * Looks all the time whether a listing shows less than is left, as it would where a sale was taken off it twice: by its
     * buyer and by a Kontor, or by both Kontors.
     */
    private final class Watch {

        private final AtomicReference<Throwable> failure = new AtomicReference<>();
        private final Thread thread = Thread.ofPlatform().daemon().unstarted(this::run);
        private volatile boolean ended;
        private volatile int looks;

        void begin() {
            thread.start();
        }

        private void run() {
            try {
                while (!ended) {
                    shops.shown()
                            .forEach((account, shown) -> shown.forEach((sku, units) -> assertThat(units)
                                    .as("%s at %s", sku, account)
                                    .isGreaterThanOrEqualTo(left(sku))));
                    looks++;
                    LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
                }
            } catch (Throwable e) {
                failure.set(e);
            }
        }

        void sawNothing() {
            assertThat(failure.get()).isNull();
        }

        void end() {
            ended = true;
            sawNothing();
            assertThat(looks).isGreaterThan(100);
        }
    }

    // What must be so

    /** How many quantities, or lists of them, marketplaces took from this Kontor, by that Kontor's own metrics. */
    private static long writes(int port) {
        var kontor = Seller.administrator(port);
        return WRITES.stream()
                .map(it -> kontor.get("/actuator/metrics/kontor.exchange.attempts?tag=outcome:Ok&tag=operation:" + it))
                .filter(metric -> metric.status() == 200) // else there was none
                .mapToLong(metric -> metric.json().at("/measurements/0/value").asLong())
                .sum();
    }

    /** Nothing is sent yet. */
    private void theLedgerIsTheTruth() {
        ledger.givesEachOrderItsOwn(shops.skus());
        var positions = new TreeMap<String, String>();
        shops.skus().forEach(sku -> positions.put(sku, UNITS + " and " + (UNITS - left(sku)) + " reserved"));
        assertThat(ledger.positions()).isEqualTo(positions);
        assertThat(ledger.sold()).isEqualTo(new TreeMap<>(asked));
    }

    private void allShowWhatIsLeft(HttpCaller kontor) {
        var listings = new TreeMap<String, JsonNode>();
        ok(kontor.get("/api/v1/listings?limit=500"))
                .path("items")
                .forEach(it -> listings.put(
                        it.path("account").asString() + " " + it.path("sku").asString(), it));
        shops.shown().forEach((account, shown) -> {
            assertThat(shown.keySet()).containsExactlyInAnyOrderElementsOf(shops.skus());
            shown.forEach((sku, units) -> {
                var listing = listings.get(account + " " + sku);
                assertThat(units).as("%s %s", sku, listing).isEqualTo(left(sku));
                assertThat(listing.path("desired").asInt(-1)).as("%s", listing).isEqualTo(units);
                assertThat(listing.path("expected").asInt(-1)).as("%s", listing).isEqualTo(units);
                assertThat(listing.path("state").asString())
                        .as("%s", listing)
                        .isIn("VERIFIED", "APPLIED"); // its own sales made some so
            });
        });
    }

    /**
     * The sandbox counts as the marketplaces do, and refuses whoever asks more than they permit. Amazon counts so few calls
     * at once that some which had to wait for a processor, and so came together, are refused.
     */
    private void nobodyAskedTooMuch() {
        var counters = sandbox.counters();
        for (var marketplace : List.of(ALLEGRO, WIX)) {
            assertThat(counters.of("/" + marketplace, 429))
                    .as(() -> counters.all().toString())
                    .isZero();
        }
        assertThat(counters.of("/" + AMAZON, 429))
                .as(() -> counters.all().toString())
                .isLessThan(counters.of("/" + AMAZON, 200) / 20);
    }
}
