package dev.kontor.benchmark;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import dev.kontor.ThreeAccounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * From a sale of the last units on one of three marketplaces to the zero that the two others show. The sandbox tells of a
 * sale at once, so it is visible from the moment at which it was bought; a tenth of a second of every figure may be the
 * sandbox's own. What the marketplaces' limits and the age of what they tell cost anybody is shown beside it, see
 * {@link Pauses}.
 */
@Tag("benchmark")
class PropagationBenchmark {

    /** Allegro and Amazon's queue are asked so often; Wix tells of orders by itself, and is asked once a minute. */
    private static final String FEED = "1s";

    private static final int UNITS = 3;
    private static final Duration LONGEST = Duration.ofMinutes(15);

    /** Small, so that the past lasts longer than the sales. */
    private static final int PAGE = 1;

    private static final List<String> AMAZONS_BUDGETS = List.of(
            "tokens",
            "participations",
            "search-orders",
            "order",
            "listing",
            "search-listings",
            "patch-listing",
            "fba-summaries",
            "create-feed-document",
            "create-feed",
            "feed",
            "feed-document");
    private static final List<String> ALLEGROS_BUDGETS = List.of(
            "application",
            "offer-edits",
            "offer-edits-hourly",
            "offers",
            "quantity-changes",
            "quantity-changes-hourly");
    private static final List<String> WIXS_BUDGETS = List.of("site", "tokens");

    private final Report report = new Report("propagation")
            .fact("SKUs", Size.SKUS)
            .fact("sales a second", Size.SALES_PER_SECOND)
            .fact("sold before, for the sake of a warm JVM", Size.WARM_UP)
            .fact("units of each, all bought at once", UNITS)
            .fact("feed interval", FEED)
            .fact("variants", System.getProperty("benchmark.variants", "all"));

    @Test
    void showsZeroEverywhereElse() throws Exception {
        try (var server = Database.startServer()) {
            if (wanted("off")) {
                measure("limits off", server, sandbox(10, "--limits=off"), withoutLimits());
            }
            if (wanted("on")) {
                measure("limits on", server, sandbox(10), List.of());
            }
            if (wanted("backfill")) {
                measure(
                        "limits on, during a backfill",
                        server,
                        sandbox(Size.ORDERS),
                        List.of("--kontor.allegro.page-size=" + PAGE));
            }
        } finally {
            report.write();
        }
    }

    private static boolean wanted(String variant) {
        var variants = System.getProperty("benchmark.variants", "all");
        return variants.equals("all") || List.of(variants.split(",")).contains(variant);
    }

    private static List<String> sandbox(int orders, String... further) {
        return Stream.concat(
                        Stream.of("--orders=" + orders, "--buyers=" + Math.max(900, orders * 6 / 10)),
                        Stream.of(Shops.simulation(Size.WARM_UP + Size.SKUS, further)))
                .toList();
    }

    private static List<String> withoutLimits() {
        return Stream.of(
                        ALLEGROS_BUDGETS.stream().map(it -> "allegro." + it),
                        WIXS_BUDGETS.stream().map(it -> "wix." + it),
                        AMAZONS_BUDGETS.stream().map(it -> "amazon." + it))
                .flatMap(it -> it)
                .flatMap(it -> Stream.of(
                        "--kontor.exchange.limits." + it + ".burst=100000",
                        "--kontor.exchange.limits." + it + ".per-minute=6000000",
                        "--kontor.exchange.limits." + it + ".full=true"))
                .toList();
    }

    private record Sale(String sku, String marketplace, Instant at) {}

    private void measure(String title, EmbeddedPostgres server, List<String> simulation, List<String> settings)
            throws Exception {
        var database = Database.create(server);
        var began = Instant.EPOCH;
        var recording = JavaProcess.DIRECTORY.resolve("propagation.jfr");
        if (Profile.WANTED) {
            database.execute("create extension pg_stat_statements");
        }
        try (var sandbox = SandboxProcess.start("propagation", simulation.toArray(String[]::new));
                var kontor = KontorProcess.start(
                        "propagation",
                        Profile.WANTED ? Profile.recording(recording) : List.of(),
                        database,
                        sandbox,
                        Stream.of(Shops.settings(sandbox), settings, List.of("--kontor.orders.interval.feed=" + FEED))
                                .flatMap(List::stream)
                                .toArray(String[]::new))) {
            var shops = Shops.open(sandbox, kontor, database, Size.WARM_UP + Size.SKUS, UNITS);
            var before = sell(shops, shops.skus().subList(0, Size.WARM_UP));
            var past = kontor.backfill(shops.accounts().get(ThreeAccounts.ALLEGRO))
                    .path("state")
                    .asString();
            if (Profile.WANTED) {
                database.execute("select pg_stat_statements_reset()");
            }
            var measured = Instant.now();
            var busy = kontor.process().busy();
            var sales = sell(shops, shops.skus().subList(Size.WARM_UP, Size.WARM_UP + Size.SKUS));
            if (title.contains("backfill")) {
                assertThat(past).as("when the first was sold").isEqualTo("RUNNING");
                report.fact(
                        title + ": at the end of the sales",
                        kontor.backfill(shops.accounts().get(ThreeAccounts.ALLEGRO))
                                .path("state")
                                .asString());
            }
            report(title, shops, before, sales, database);
            report.fact(
                    title + ": seconds of a processor that a sale took Kontor",
                    kontor.process().busy().minus(busy).toMillis() / 1000.0 / sales.size());
            began = measured;
        }
        if (Profile.WANTED) {
            Profile.write("propagation, " + title, recording, began, database);
        }
    }

    /** At a fixed pace, whatever became of the earlier ones; each of the goods is sold once, on one marketplace after the other. */
    private static List<Sale> sell(Shops shops, List<String> skus) throws InterruptedException {
        var sales = new ArrayList<Sale>();
        var start = System.nanoTime();
        try (var buyers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int number = 0; number < skus.size(); number++) {
                var due = start + number * 1_000_000_000L / Size.SALES_PER_SECOND;
                for (var wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                    LockSupport.parkNanos(wait);
                }
                var sku = skus.get(number);
                var marketplace = ThreeAccounts.ALL.get(number % ThreeAccounts.ALL.size());
                buyers.submit(() -> {
                    var at = Instant.now();
                    if (shops.buy(marketplace, sku, UNITS) == UNITS) {
                        synchronized (sales) {
                            sales.add(new Sale(sku, marketplace, at));
                        }
                    }
                });
            }
        }
        assertThat(sales).as("sales of all units").hasSameSizeAs(skus);
        return sales;
    }

    /**
     * Seconds since the sale, but for the one within Kontor, which is from the sale's first sign, or the archive, to
     * the first write's sending.
     */
    private record Zero(
            String sku,
            String origin,
            String target,
            double heard,
            double reserved,
            double decided,
            double inside,
            double sent,
            double applied,
            double verified) {}

    private static final String MISSING = """
            select count(*) from public.sales s join inventory.items i on i.sku = s.sku
              join inventory.listings l on l.item = i.id and l.account <> s.account
              join inventory.publications p on p.listing = l.id
            where not exists (select from inventory.writes w where w.listing = l.id and w.desired = 0
              and w.verified_at is not null and w.sent_at >= s.sold_at)""";

    /** @param before their zeroes come first, and cost the marketplaces' limits as well */
    private void report(String title, Shops shops, List<Sale> before, List<Sale> sales, Database database)
            throws Exception {
        keep(shops, sales, database);
        try {
            await().atMost(LONGEST).pollInterval(Duration.ofSeconds(1)).until(() -> database.number(MISSING) == 0);
        } catch (org.awaitility.core.ConditionTimeoutException e) {
            report.fact(title + ": never verified as zero", database.number(MISSING));
        }
        var zeroes = zeroes(shops, database);
        assertThat(zeroes).isNotEmpty();
        var pauses = new Pauses(
                Stream.concat(before.stream(), sales.stream())
                        .map(it -> new Pauses.Sale(
                                it.sku(), it.marketplace(), it.at().toEpochMilli() / 1000.0))
                        .toList(),
                !title.contains("off"));
        figure(title + ", sale to zero verified", zeroes, it -> true, Zero::verified, 0);
        figure(title + ", the marketplaces' own pauses", zeroes, it -> true, it -> pauses.of(it.sku(), it.target()), 0);
        figure(
                title + ", sale to zero verified less their pauses",
                zeroes,
                it -> true,
                it -> it.verified() - pauses.of(it.sku(), it.target()),
                5);
        figure(title + ", sale to zero applied", zeroes, it -> true, Zero::applied, 0);
        figure(title + ", inside Kontor, known to sent", zeroes, it -> true, Zero::inside, 1);
        figure(
                title + ", inside Kontor, less what limits of writes cost",
                zeroes,
                it -> true,
                it -> Math.max(0, it.sent() - Math.max(it.heard(), pauses.toWrite(it.sku(), it.target()))),
                1);
        figure(title + ", known to reserved", zeroes, it -> true, Zero::reserved, 0);
        figure(title + ", reserved to decided", zeroes, it -> true, Zero::decided, 0);
        figure(title + ", decided to sent", zeroes, it -> true, it -> it.inside() - it.reserved() - it.decided(), 0);
        for (var marketplace : ThreeAccounts.ALL) {
            figure(
                    title + ", " + marketplace + " sold, to known",
                    zeroes,
                    it -> it.origin().equals(marketplace),
                    Zero::heard,
                    0);
        }
        for (var marketplace : ThreeAccounts.ALL) {
            Predicate<Zero> here = it -> it.target().equals(marketplace);
            figure(title + ", " + marketplace + " to show, inside", zeroes, here, Zero::inside, 1);
            figure(
                    title + ", " + marketplace + " to show, sent to applied",
                    zeroes,
                    here,
                    it -> it.applied() - it.sent(),
                    0);
            figure(
                    title + ", " + marketplace + " to show, applied to verified",
                    zeroes,
                    here,
                    it -> it.verified() - it.applied(),
                    0);
            figure(title + ", " + marketplace + " to show, in all", zeroes, here, Zero::verified, 0);
            figure(
                    title + ", " + marketplace + " to show, in all less their pauses",
                    zeroes,
                    here,
                    it -> it.verified() - pauses.of(it.sku(), it.target()),
                    5);
        }
    }

    private void figure(
            String name, List<Zero> zeroes, Predicate<Zero> which, ToDoubleFunction<Zero> what, double aim) {
        var values = zeroes.stream()
                .filter(which)
                .mapToDouble(what)
                .filter(Double::isFinite)
                .boxed()
                .toList();
        if (!values.isEmpty()) {
            report.percentiles(name, "s", Samples.of(values), aim);
        }
    }

    private static void keep(Shops shops, List<Sale> sales, Database database) throws Exception {
        database.execute("create table public.sales (sku text primary key, account uuid, sold_at timestamptz)");
        try (var connection = database.open();
                var insert = connection.prepareStatement("insert into public.sales values (?, ?, ?)")) {
            for (var sale : sales) {
                insert.setString(1, sale.sku());
                insert.setObject(2, UUID.fromString(shops.accounts().get(sale.marketplace())));
                insert.setTimestamp(3, Timestamp.from(sale.at()));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static List<Zero> zeroes(Shops shops, Database database) throws Exception {
        var zeroes = new ArrayList<Zero>();
        try (var connection = database.open();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("""
                        select s.sku, s.account, l.account, extract(epoch from o.known_at - s.sold_at),
                          extract(epoch from m.at - o.known_at), extract(epoch from p.desired_at - m.at),
                          extract(epoch from w.sent_at - o.known_at), extract(epoch from w.sent_at - s.sold_at),
                          extract(epoch from w.applied_at - s.sold_at), extract(epoch from w.verified_at - s.sold_at)
                        from public.sales s join inventory.items i on i.sku = s.sku
                          join inventory.listings l on l.item = i.id and l.account <> s.account
                          join inventory.publications p on p.listing = l.id
                          join inventory.claims c on c.item = i.id and c.account = s.account
                          join (select id, min(at) as known_at
                            from (select id, coalesce(told_at, archived_at) as at from orders.orders
                              union all select order_id, told_at from orders.first_signs) told group by id
                          ) o on o.id = c.order_id
                          join lateral (select min(m.at) as at from inventory.movements m
                            where m.order_id = o.id and m.kind = 'RESERVATION') m on true
                          left join lateral (select min(sent_at) as sent_at, min(applied_at) as applied_at,
                              min(verified_at) as verified_at
                            from inventory.writes w
                            where w.listing = l.id and w.desired = 0 and w.sent_at >= s.sold_at) w on true""")) {
            while (rows.next()) {
                zeroes.add(new Zero(
                        rows.getString(1),
                        name(shops, rows.getString(2)),
                        name(shops, rows.getString(3)),
                        seconds(rows.getObject(4)),
                        seconds(rows.getObject(5)),
                        seconds(rows.getObject(6)),
                        seconds(rows.getObject(7)),
                        seconds(rows.getObject(8)),
                        seconds(rows.getObject(9)),
                        seconds(rows.getObject(10))));
            }
        }
        return zeroes;
    }

    private static double seconds(Object value) {
        return value instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    private static String name(Shops shops, String account) {
        return shops.each().stream()
                .filter(it -> it.getValue().equals(account))
                .findFirst()
                .orElseThrow()
                .getKey();
    }
}
