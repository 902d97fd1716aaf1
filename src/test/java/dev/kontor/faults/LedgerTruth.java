package dev.kontor.faults;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.springframework.jdbc.core.simple.JdbcClient;

import dev.kontor.faults.OneSellersShops.Sale;

import static org.assertj.core.api.Assertions.assertThat;

/** What the ledger has, beside what was truly sold since the beginning. */
final class LedgerTruth {

    private final OneSellersShops shops;
    private final JdbcClient jdbc;
    private Set<String> before = Set.of();

    LedgerTruth(OneSellersShops shops, JdbcClient jdbc) {
        this.shops = shops;
        this.jdbc = jdbc;
    }

    /** What was sold until now is not to be counted. */
    void begin() {
        before = shops.sales().stream().map(Sale::id).collect(Collectors.toSet());
    }

    List<Sale> sales() {
        return shops.sales().stream()
                .filter(sale -> !before.contains(sale.id()))
                .toList();
    }

    /** Of what has not been cancelled. */
    Map<String, Integer> sold() {
        var sold = new TreeMap<String, Integer>();
        sales().stream()
                .filter(sale -> !sale.cancelled())
                .forEach(sale -> sale.units().forEach((sku, units) -> sold.merge(sku, units, Integer::sum)));
        return sold;
    }

    /** Each order has a claim on exactly what its buyer gets of these goods, and nothing else has one. */
    void givesEachOrderItsOwn(Collection<String> skus) {
        var wanted = new TreeMap<String, Map<String, Long>>();
        sales().stream()
                .filter(sale -> !sale.cancelled())
                .forEach(sale -> sale.units().forEach((sku, units) -> {
                    if (skus.contains(sku)) {
                        wanted.computeIfAbsent(sale.account() + " " + sale.id(), it -> new TreeMap<>())
                                .put(sku, (long) units);
                    }
                }));
        assertThat(claims()).as("what each order has").isEqualTo(wanted);
    }

    private Map<String, Map<String, Long>> claims() {
        var claims = new TreeMap<String, Map<String, Long>>();
        jdbc.sql("""
                        select o.account || ' ' || o.external_id as sale, i.sku, sum(c.reserved + c.shipped) as units
                        from inventory.claims c join orders.orders o on o.id = c.order_id
                          join inventory.items i on i.id = c.item
                        group by 1, 2 having sum(c.reserved + c.shipped) > 0""").query(row -> {
            claims.computeIfAbsent(row.getString("sale"), it -> new TreeMap<>())
                    .put(row.getString("sku"), row.getLong("units"));
        });
        return claims;
    }

    /** By SKU how much is there, and how much of it is reserved. */
    Map<String, String> positions() {
        var positions = new TreeMap<String, String>();
        jdbc.sql("""
                        select i.sku, sum(p.present) as present, sum(p.reserved) as reserved
                        from inventory.positions p join inventory.items i on i.id = p.item
                        where p.stock_type = 'OWN' group by 1""").query(row -> {
            positions.put(
                    row.getString("sku"), row.getLong("present") + " and " + row.getLong("reserved") + " reserved");
        });
        return positions;
    }
}
