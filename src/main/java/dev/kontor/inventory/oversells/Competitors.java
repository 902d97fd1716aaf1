package dev.kontor.inventory.oversells;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import dev.kontor.accounts.AccountId;
import dev.kontor.inventory.ListingId;
import dev.kontor.inventory.ledger.StockAt;
import dev.kontor.orders.OrderId;

/** The orders that want the same units. */
@Repository
public class Competitors {

    private final JdbcClient jdbc;

    Competitors(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A line of an order that has not been shipped.
     *
     * @param units of the item that it has reserved, and that are free without it
     * @param heardAt when Kontor heard of it, null where that is not known any more
     */
    public record Competitor(
            OrderId order,
            String line,
            AccountId account,
            ListingId listing,
            long units,
            @Nullable Instant placedAt,
            @Nullable Instant heardAt) {}

    /** The last one placed first. */
    public List<Competitor> of(StockAt stock, int limit) {
        return jdbc.sql("""
                        select c.*, s.placed_at, s.heard_at from inventory.claims c
                        left join inventory.sold_lines s on s.account = c.account and s.line = c.line
                        where c.item = ? and c.warehouse = ? and c.reserved > 0
                        order by s.placed_at desc nulls last, c.account, c.line limit ?""")
                .params(stock.item().value(), stock.warehouse().value(), limit)
                .query((row, number) -> {
                    var placedAt = row.getObject("placed_at", OffsetDateTime.class);
                    var heardAt = row.getObject("heard_at", OffsetDateTime.class);
                    return new Competitor(
                            new OrderId(row.getObject("order_id", UUID.class)),
                            row.getString("line"),
                            new AccountId(row.getObject("account", UUID.class)),
                            new ListingId(row.getObject("listing", UUID.class)),
                            row.getLong("reserved"),
                            placedAt == null ? null : placedAt.toInstant(),
                            heardAt == null ? null : heardAt.toInstant());
                })
                .list();
    }
}
