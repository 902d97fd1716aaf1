package dev.kontor.faults;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.jdbc.core.simple.JdbcClient;

import tools.jackson.databind.JsonNode;

import dev.kontor.HttpCaller;
import dev.kontor.ThreeAccounts;
import dev.kontor.faults.ThreeShops.Shop;

import static dev.kontor.ThreeAccounts.ok;
import static org.assertj.core.api.Assertions.assertThat;

/** What Kontor shows of the seller's stock, and what he tells it. */
final class StockView {

    private final HttpCaller caller;
    private final ThreeAccounts accounts;
    private final JdbcClient jdbc;

    StockView(HttpCaller caller, ThreeAccounts accounts, JdbcClient jdbc) {
        this.caller = caller;
        this.accounts = accounts;
        this.jdbc = jdbc;
    }

    private UUID id(Shop shop) {
        return accounts.id(shop.code());
    }

    JsonNode get(String path) {
        return ok(caller.get(path));
    }

    String state(Shop shop) {
        return accounts.account(shop.code()).path("state").asString();
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

    /** What each of the goods' listings was told, ever. */
    Map<String, Integer> writes(Collection<String> skus) {
        return skus.stream()
                .collect(Collectors.toMap(
                        sku -> sku,
                        sku -> Stream.of(Shop.values())
                                .mapToInt(shop -> writes(shop, sku).size())
                                .sum()));
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

    JsonNode explained(Shop shop, String sku) {
        return get("/api/v1/items/" + sku + "/explain?listing="
                + listing(shop, sku).path("id").asString());
    }

    List<JsonNode> plans(String state) {
        return get("/api/v1/plans?limit=500&state=" + state)
                .path("items")
                .valueStream()
                .toList();
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

    /** All listings, from the beginning to the end. */
    void readListings(Shop shop) {
        var path = "/api/v1/accounts/" + id(shop) + "/listings";
        var before = get(path).path("round").asLong();
        ok(caller.post(path + "/read", ""));
        ThreeShops.waiting().until(() -> {
            var now = get(path);
            return now.path("round").asLong() > before
                    && now.path("phase").asString().equals("FINISHED");
        });
    }

    /** Whether the marketplace was asked once more what was sold. */
    boolean askedSince(Shop shop, Instant then) {
        return get("/api/v1/sync-runs?limit=20&kind=feed&account=" + id(shop))
                .path("items")
                .valueStream()
                .anyMatch(run -> Instant.parse(run.path("startedAt").asString()).isAfter(then));
    }

    /** All that is on record about one listing. */
    List<String> records(Shop shop, String sku) {
        return jdbc.sql("""
                        select row_to_json(p)::text || coalesce((select string_agg(row_to_json(w)::text, ' ')
                          from inventory.writes w where w.listing = l.id), '') || coalesce((select row_to_json(r)::text
                          from inventory.listing_readings r where r.listing = l.id), '')
                        from inventory.publications p join inventory.listings l on l.id = p.listing
                        join inventory.items i on i.id = l.item where i.sku = ? and l.account = ?""").params(sku, id(shop)).query(String.class).list();
    }
}
