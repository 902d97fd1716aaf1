package dev.kontor.inventory.reservations;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

import dev.kontor.accounts.AccountId;
import dev.kontor.inventory.ItemId;
import dev.kontor.inventory.ListingId;
import dev.kontor.inventory.items.WarehouseId;
import dev.kontor.inventory.reservations.Claim.Goods;
import dev.kontor.orders.OrderId;

@Repository
class Claims {

    private static final int BATCH = 500;

    private final JdbcTemplate jdbc;

    Claims(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Until the end of the transaction nobody else judges the account's orders, so the last one to judge saw the latest. */
    void lock(AccountId account) {
        jdbc.query(
                "select pg_advisory_xact_lock(hashtextextended('inventory.claims ' || ?, 0))",
                row -> {},
                account.toString());
    }

    Map<String, List<Claim>> of(AccountId account, Collection<String> lines) {
        var claims = new HashMap<String, List<Claim>>();
        jdbc.query(
                "select * from inventory.claims where account = ? and line = any(?) order by item",
                row -> {
                    var claim = claim(row);
                    claims.computeIfAbsent(claim.line(), line -> new ArrayList<>())
                            .add(claim);
                },
                account.value(),
                lines.toArray(String[]::new));
        return claims;
    }

    List<Claim> of(AccountId account) {
        return jdbc.query(
                "select * from inventory.claims where account = ? order by line, item",
                (row, number) -> claim(row),
                account.value());
    }

    /** Lines that these orders had when they were judged last. */
    Set<String> linesOf(AccountId account, Collection<OrderId> orders) {
        return new HashSet<>(jdbc.query(
                "select distinct line from inventory.claims where account = ? and order_id = any(?)",
                (row, number) -> row.getString("line"),
                account.value(),
                orders.stream().map(OrderId::value).toArray(UUID[]::new)));
    }

    /** Orders that hold something because of the listings. */
    Set<OrderId> ordersOf(Collection<ListingId> listings) {
        return new HashSet<>(jdbc.query(
                "select distinct order_id from inventory.claims where listing = any(?) and reserved > 0",
                (row, number) -> new OrderId(row.getObject("order_id", UUID.class)),
                (Object) listings.stream().map(ListingId::value).toArray(UUID[]::new)));
    }

    void save(AccountId account, List<Claim> claims) {
        jdbc.batchUpdate("""
                insert into inventory.claims (account, line, item, warehouse, order_id, listing, each, reserved, shipped, version, sold_item, sold_units)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (account, line, item) do update set warehouse = excluded.warehouse,
                  order_id = excluded.order_id, listing = excluded.listing, each = excluded.each,
                  reserved = excluded.reserved, shipped = excluded.shipped, version = excluded.version,
                  sold_item = excluded.sold_item, sold_units = excluded.sold_units""", claims, BATCH, (statement, claim) -> {
            statement.setObject(1, account.value());
            statement.setString(2, claim.line());
            statement.setObject(3, claim.item().value());
            statement.setObject(4, claim.warehouse().value());
            statement.setObject(5, claim.order().value());
            statement.setObject(6, claim.listing().value());
            statement.setLong(7, claim.each());
            statement.setLong(8, claim.reserved());
            statement.setLong(9, claim.shipped());
            statement.setLong(10, claim.version());
            var goods = claim.goods();
            statement.setObject(11, goods == null ? null : goods.item().value());
            statement.setObject(12, goods == null ? null : goods.units());
        });
    }

    private static Claim claim(ResultSet row) throws SQLException {
        var sold = row.getObject("sold_item", UUID.class);
        return new Claim(
                row.getString("line"),
                new ItemId(row.getObject("item", UUID.class)),
                new WarehouseId(row.getObject("warehouse", UUID.class)),
                new OrderId(row.getObject("order_id", UUID.class)),
                new ListingId(row.getObject("listing", UUID.class)),
                sold == null ? null : new Goods(new ItemId(sold), row.getInt("sold_units")),
                row.getLong("each"),
                row.getLong("reserved"),
                row.getLong("shipped"),
                row.getLong("version"));
    }
}
