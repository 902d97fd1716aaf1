package dev.kontor.faults;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

import org.awaitility.core.ConditionFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import tools.jackson.databind.JsonNode;

import dev.kontor.FreePort;
import dev.kontor.HttpCaller;
import dev.kontor.TestDatabase;
import dev.kontor.sandbox.Sandbox;
import dev.kontor.sandbox.world.Fault;

import static dev.kontor.ThreeAccounts.ok;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Kills a Kontor again and again that sells the same goods at three marketplaces, while buyers buy everywhere and whether it
 * runs or not, and looks what is left: in the ledger, on the marketplaces, and of the promise that escrow gives.
 */
final class StockKillRounds {

    private static final int CATALOG = 24;

    /** Of what is mirrored. */
    private static final int PLENTY = 60;

    /** Of what is mirrored, too; nobody gets more of it, so that it is sold out in the end, and perhaps oversold. */
    private static final int LAST_LOT = 4;

    /** Of what is in escrow, at each marketplace. */
    private static final int SHARE = 4;

    private final long seed;
    private final Random random;
    private final String database = TestDatabase.create();
    private final JdbcClient jdbc = JdbcClient.create(new DriverManagerDataSource(database, "postgres", ""));
    private final Path directory;
    private final int port = FreePort.find();
    private final Sandbox sandbox;
    private final OneSellersShops shops;
    private final Map<String, Integer> counted = new TreeMap<>();
    private final Set<String> escrowed = new HashSet<>();
    private final LedgerTruth ledger;

    StockKillRounds(long seed, Path directory) {
        this.seed = seed;
        this.random = new Random(seed);
        this.directory = directory;
        this.sandbox = OneSellersShops.simulation(seed, CATALOG);
        this.shops = new OneSellersShops(sandbox);
        this.ledger = new LedgerTruth(shops, jdbc);
    }

    void run(int kills) {
        System.out.println("kill -9 with stock, seed " + seed);
        try (sandbox;
                var buyers = new Buyers(seed + 1, Duration.ofMillis(400), shops::buySomething)) {
            killAgainAndAgain(kills, buyers);
            try (var kontor = start(kills)) {
                buyers.come();
                awaitSales(10);
                buyers.close();
                sandbox.allegro().faults(Map.of());
                var seller = Seller.administrator(port);
                waiting().untilAsserted(this::theLedgerIsTheTruth);
                waiting().untilAsserted(() -> buyersAreShownNoMoreThanTheyShould(seller));
                waiting().untilAsserted(() -> {
                    anHourPasses();
                    allIsVerified(seller);
                });
                theLedgerIsTheTruth();
                assertThat(ok(seller.post("/api/v1/inventory/proof", ""))
                                .path("proven")
                                .asBoolean())
                        .isTrue();
                nothingOfEscrowIsOversold();
                assertThat(kontor.output()).doesNotContain("OutOfMemoryError");
            }
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("with seed " + seed + ": " + e.getMessage(), e);
        }
    }

    private static ConditionFactory waiting() {
        return Seller.waiting().atMost(Duration.ofMinutes(5)).pollInterval(Duration.ofMillis(500));
    }

    // Kontor, alive and dead

    private void killAgainAndAgain(int kills, Buyers buyers) {
        for (int round = 0; round < kills; round++) {
            try (var kontor = start(round)) {
                if (round == 0) {
                    open();
                    sandbox.allegro().faults(Map.of(Fault.SLOW, 0.3));
                }
                receive(round);
                buyers.come();
                awaitMomentToDie();
                kontor.kill();
            }
            awaitSales(1 + random.nextInt(15));
            buyers.rest(); // or they would buy all there is while the next one starts
            nothingOfEscrowIsOversold();
            leasesOfTheDeadEnd();
        }
    }

    /** Of what is not there in plenty any more; nobody buys at the moment. */
    private void receive(int round) {
        var seller = Seller.administrator(port);
        var sold = ledger.sold();
        counted.keySet().stream()
                .filter(sku -> !escrowed.contains(sku))
                .skip(LAST_LOT)
                .filter(sku -> {
                    int left = counted.get(sku) - sold.getOrDefault(sku, 0);
                    return left > 0 && left <= PLENTY / 2;
                })
                .toList()
                .forEach(sku -> {
                    ok(seller.with("Idempotency-Key", "round-" + round + "-" + sku)
                            .post(
                                    "/api/v1/items/" + sku + "/movements",
                                    Map.of("kind", "RECEIPT", "quantity", PLENTY, "reason", "new goods")));
                    counted.merge(sku, PLENTY, Integer::sum);
                });
    }

    private KontorProcess start(int round) {
        var settings = new ArrayList<>(OneSellersShops.settings(sandbox));
        settings.addAll(List.of(
                "kontor.database.url=" + database,
                "kontor.database.user=postgres",
                "kontor.data=" + directory.resolve("data"),
                "kontor.accounts.renewal.lease=5s",
                "kontor.accounts.authorization.lease=5s",
                "kontor.inventory.listings-interval=10s",
                "db-scheduler.heartbeat-interval=2s", // one that waits for a processor is not to be taken for dead
                "db-scheduler.missed-heartbeats-limit=4",
                "server.port=" + port));
        return KontorProcess.start(
                        directory.resolve("round-" + round + ".log"), Map.of(), settings.toArray(String[]::new))
                .awaitStart(port);
    }

    /** As soon as the next write is taken down, which is just before it is sent, or a moment after some of them. */
    private void awaitMomentToDie() {
        awaitSales(5 + random.nextInt(15));
        var from = writes();
        var more = 1 + random.nextInt(30);
        var rest = Duration.ofNanos(random.nextInt(random.nextBoolean() ? 40_000_000 : 800_000_000));
        Seller.waiting().pollInterval(Duration.ofMillis(2)).until(() -> writes() >= from + more);
        var until = System.nanoTime() + rest.toNanos();
        Seller.waiting().pollInterval(Duration.ofMillis(1)).until(() -> System.nanoTime() >= until);
    }

    private long writes() {
        return jdbc.sql("select count(*) from inventory.writes")
                .query(Long.class)
                .single();
    }

    /** It seems to the publications that so much time has passed; nobody lives who could still hold one. */
    private void leasesOfTheDeadEnd() {
        jdbc.sql("update inventory.publications set due_at = least(due_at, now())")
                .update();
    }

    /**
     * It seems to Kontor that nobody has bought anything for so long that the slowest marketplace would have told of it, and
     * that no write can take effect any more: true of a sandbox that is never that slow.
     */
    private void anHourPasses() {
        jdbc.sql("update orders.feeds set watermark_at = now()").update();
        jdbc.sql("""
                        with locked as (select listing from inventory.publications order by listing for no key update)
                        update inventory.publications p set final_at = least(final_at, now()),
                          due_at = least(due_at, now()), wanted_at = least(wanted_at, now()),
                          retry_at = least(retry_at, now()), unsettled_until = least(unsettled_until, now())
                        from locked where p.listing = locked.listing""").update();
    }

    // What is sold

    /** Everything is counted and part of it put in escrow before the first marketplace is connected. */
    private void open() {
        var kontor = Seller.administrator(port);
        assertThat(shops.skus()).hasSizeGreaterThan(8);
        var sheet = new StringBuilder("sku,name,type,parts,count\n");
        for (var sku : shops.skus()) {
            var shared = escrowed.size() < shops.skus().size() / 3 && escrowed.add(sku);
            shops.show(sku, shared ? SHARE : PLENTY);
            counted.put(sku, shared ? 3 * SHARE : PLENTY);
            sheet.append(sku)
                    .append(',')
                    .append(sku)
                    .append(",,,")
                    .append(counted.get(sku))
                    .append('\n');
        }
        ok(kontor.with("Content-Type", "text/csv").send("POST", "/api/v1/items/import", sheet.toString()));
        ok(kontor.send("PUT", "/api/v1/policies/default", "{\"strategy\": \"MIRROR\"}"));
        escrowed.forEach(sku -> ok(kontor.send("PUT", "/api/v1/policies/items/" + sku, "{\"strategy\": \"ESCROW\"}")));
        shops.connect(kontor);
        waiting().untilAsserted(() -> {
            anHourPasses();
            allIsVerified(kontor);
            escrowHolds();
        });
        ledger.begin();
    }

    private void awaitSales(int more) {
        var from = ledger.sales().size();
        Seller.waiting().until(() -> ledger.sales().size() >= from + more);
    }

    // What must be left

    /** Each order has exactly what its buyer gets, and the positions are what is left. */
    private void theLedgerIsTheTruth() {
        ledger.givesEachOrderItsOwn(counted.keySet());
        var sold = ledger.sold();
        var left = new TreeMap<String, String>();
        counted.forEach((sku, count) ->
                left.put(sku, Math.max(0, count - sold.getOrDefault(sku, 0)) + " and 0 reserved"));
        assertThat(ledger.positions()).as("what is left when all is shipped").isEqualTo(left);
    }

    /**
     * Of what is mirrored no more than Kontor wishes, of what is in escrow no more than it reckons with. Less may be shown
     * where somebody cancelled what nobody had told of: that is believed when the marketplace has told of everything.
     */
    private void buyersAreShownNoMoreThanTheyShould(HttpCaller kontor) {
        var exposures = exposures();
        eachListing(kontor, (sku, truth, listing) -> {
            if (escrowed.contains(sku)) {
                assertThat((long) truth)
                        .as(listing.toString())
                        .isLessThanOrEqualTo(exposures.get(listing.path("id").asString()));
            } else {
                assertThat(listing.path("desired").asInt(-1))
                        .as(listing.toString())
                        .isGreaterThanOrEqualTo(truth);
            }
        });
    }

    private void allIsVerified(HttpCaller kontor) {
        eachListing(kontor, (sku, truth, listing) -> {
            boolean withheld =
                    escrowed.contains(sku) && listing.path("state").asString().equals("WITHHELD");
            assertThat(withheld ? "VERIFIED" : listing.path("state").asString())
                    .as(listing.toString())
                    .isEqualTo("VERIFIED");
            assertThat(List.of(
                            listing.path(withheld ? "expected" : "desired").asInt(-1),
                            listing.path("verified").asInt(-1)))
                    .as(listing.toString())
                    .containsOnly(truth);
        });
    }

    private interface Look {
        void at(String sku, int truth, JsonNode listing);
    }

    private void eachListing(HttpCaller kontor, Look look) {
        var listings = listings(kontor);
        shops.shown()
                .forEach((account, shown) -> shown.forEach((sku, truth) -> {
                    var listing = listings.get(account + " " + sku);
                    assertThat(listing).as(sku + " of " + account).isNotNull();
                    assertThat(listing.hasNonNull("item"))
                            .as(listing.toString())
                            .isTrue();
                    look.at(sku, truth, listing);
                }));
    }

    private static Map<String, JsonNode> listings(HttpCaller kontor) {
        var listings = new TreeMap<String, JsonNode>();
        ok(kontor.get("/api/v1/listings?limit=500"))
                .path("items")
                .forEach(it -> listings.put(
                        it.path("account").asString() + " " + it.path("sku").asString(), it));
        return listings;
    }

    private Map<String, Long> exposures() {
        var exposures = new TreeMap<String, Long>();
        jdbc.sql("select listing, exposure from inventory.publications").query(row -> {
            exposures.put(row.getObject("listing", UUID.class).toString(), row.getLong("exposure"));
        });
        return exposures;
    }

    /** All that can be sold unseen is there: from then on escrow promises that nothing is oversold. */
    private void escrowHolds() {
        jdbc.sql("""
                        select i.sku, sum(p.exposure * c.each) as exposure
                        from inventory.listing_contents c join inventory.publications p using (listing)
                          join inventory.items i on i.id = c.item
                        group by i.sku""").query(row -> {
            var sku = row.getString("sku");
            if (escrowed.contains(sku)) {
                assertThat(row.getInt("exposure")).as(sku).isLessThanOrEqualTo(counted.get(sku));
            }
        });
    }

    private void nothingOfEscrowIsOversold() {
        var sold = ledger.sold();
        for (var sku : escrowed) {
            assertThat(sold.getOrDefault(sku, 0)).as("sold of " + sku).isLessThanOrEqualTo(counted.get(sku));
        }
    }
}
