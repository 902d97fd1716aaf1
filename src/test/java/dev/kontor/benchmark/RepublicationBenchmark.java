package dev.kontor.benchmark;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import dev.kontor.ThreeAccounts;

import static dev.kontor.ThreeAccounts.ALLEGRO;
import static dev.kontor.ThreeAccounts.AMAZON;
import static dev.kontor.ThreeAccounts.WIX;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * All listings of a marketplace have to show another number at once, under the limits that its adapter declares. The
 * shortest time is that of the fewest requests it takes, one after the other as fast as each limit permits, and different
 * limits beside each other: as many writes as there must be, and one reading of each listing that proves it.
 */
@Tag("benchmark")
class RepublicationBenchmark {

    private static final int UNITS = 50;
    private static final int MAXIMUM = 40;

    /** A limit, and how many requests (or listings, where it counts those) it has to let pass. */
    private record Need(String budget, long count, int burst, double perMinute) {

        double seconds() {
            return Math.max(0, count - burst) / perMinute * 60;
        }

        @Override
        public String toString() {
            return "%s: %d, of which %d at once and then %.0f a minute, %.1f s"
                    .formatted(budget, count, burst, perMinute, seconds());
        }
    }

    /** A difference is the same for all, so that commands take 250 offers; they are asked once what became of them. */
    private static List<Need> allegro(long listings) {
        var commands = rounded(listings, 250);
        return List.of(
                new Need("quantity-changes", listings, 450, 8_500),
                new Need("quantity-changes-hourly", listings, 10_000, 4_000),
                new Need("offers", listings, 60, 3_420),
                new Need("application", listings + 2 * commands, 150, 8_820));
    }

    /** Revisions are known from before; a write takes a hundred listings, and so does a reading. */
    private static List<Need> wix(long listings) {
        return List.of(new Need("site", 2 * rounded(listings, 100), 20, 176));
    }

    /** One listing a patch, or all of them in feeds, whose number does not count; but one listing a reading. */
    private static List<Need> amazon(long listings) {
        var readings = new Need("listing", listings, 10, 300);
        return listings <= 4_504 ? List.of(readings, new Need("patch-listing", listings, 5, 300)) : List.of(readings);
    }

    private static long rounded(long listings, int size) {
        return (listings + size - 1) / size;
    }

    private final Report report = new Report("republication")
            .fact("listings of each marketplace, at least", Size.LISTINGS)
            .fact("from", UNITS)
            .fact("to", MAXIMUM);

    @Test
    void showsAnotherNumberEverywhere() throws Exception {
        var simulation = Stream.concat(Stream.of("--orders=10"), Stream.of(Shops.simulation(Size.LISTINGS)));
        try (var server = Database.startServer()) {
            var database = Database.create(server);
            try (var sandbox = SandboxProcess.start("republication", simulation.toArray(String[]::new));
                    var kontor = KontorProcess.start(
                            "republication",
                            List.of(),
                            database,
                            sandbox,
                            Shops.settings(sandbox).toArray(String[]::new))) {
                var shops = Shops.open(sandbox, kontor, database, Size.LISTINGS, UNITS);
                measure(ALLEGRO, RepublicationBenchmark::allegro, shops, database);
                measure(WIX, RepublicationBenchmark::wix, shops, database);
                measure(AMAZON, RepublicationBenchmark::amazon, shops, database);
            }
        } finally {
            report.write();
        }
    }

    private void measure(String marketplace, LongFunction<List<Need>> shortest, Shops shops, Database database)
            throws Exception {
        var account = shops.accounts().get(marketplace);
        var all = "select count(*) from inventory.publications where account = '" + account + "'";
        var listings = database.number(all + " and verified > " + MAXIMUM);
        assertThat(listings).as("listings that show more than %s", MAXIMUM).isGreaterThanOrEqualTo(Size.LISTINGS);
        var needs = shortest.apply(listings);
        var begun = Instant.now();
        ThreeAccounts.ok(shops.kontor()
                .caller()
                .send("PUT", "/api/v1/policies/accounts/" + account, "{\"maximum\": " + MAXIMUM + "}"));
        await().atMost(Duration.ofHours(2))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> database.number(all + " and desired = verified and verified = " + MAXIMUM) >= listings);
        var writes = " from inventory.writes join inventory.publications using (listing) where account = '" + account
                + "' and writes.sent_at >= to_timestamp(" + begun.toEpochMilli() / 1000.0 + ")";
        report.fact(marketplace + ": listings", listings)
                .fact(marketplace + ": listings written", database.number("select count(distinct listing)" + writes))
                .fact(marketplace + ": writes", database.number("select count(*)" + writes))
                .fact(
                        marketplace + ": shortest by",
                        needs.stream().map(Need::toString).toList());
        var least = needs.stream().mapToDouble(Need::seconds).max().orElseThrow();
        var verified = since(begun, "max(writes.verified_at)", writes, database);
        report.figure(
                        marketplace + ", to the first write",
                        "s",
                        one(since(begun, "min(writes.sent_at)", writes, database)))
                .figure(
                        marketplace + ", to the last write",
                        "s",
                        one(since(begun, "max(writes.sent_at)", writes, database)))
                .figure(
                        marketplace + ", all applied",
                        "s",
                        one(since(begun, "max(writes.applied_at)", writes, database)))
                .figure(marketplace + ", all verified", "s", one(verified))
                .figure(marketplace + ", the shortest time", "s", one(least))
                .atLeast(marketplace + ", the shortest as a share of the measured", "", one(least / verified), 0.9);
    }

    private static double since(Instant begun, String what, String writes, Database database) throws Exception {
        var at = database.number("select extract(epoch from " + what + ") * 1000" + writes);
        return (at - begun.toEpochMilli()) / 1000.0;
    }

    private static Samples one(double value) {
        return Samples.of(List.of(value));
    }
}
