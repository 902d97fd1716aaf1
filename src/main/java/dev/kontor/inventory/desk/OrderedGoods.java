package dev.kontor.inventory.desk;

import java.util.List;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import dev.kontor.inventory.ItemId;
import dev.kontor.inventory.StockDesk.Ordered;
import dev.kontor.orders.OrderId;

/** What the lines of orders take. */
@Repository
class OrderedGoods {

    private final JdbcClient jdbc;

    OrderedGoods(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Ordered> of(OrderId order) {
        return jdbc.sql("""
                        select c.line, c.item, i.sku, c.reserved, c.shipped,
                          (select coalesce(sum(o.units), 0) from inventory.oversells o where o.order_id = c.order_id
                            and o.line = c.line and o.item = c.item and o.resolved_at is null) as oversold,
                          exists (select from inventory.plan_listings w join inventory.plans p on p.id = w.plan
                            where w.listing = c.listing and w.held and p.state = 'OPEN') as held
                        from inventory.claims c join inventory.items i on i.id = c.item where c.order_id = :order
                        union all
                        select line, null, null, 0, 0, 0, false from inventory.unmatched_lines where order_id = :order
                        order by line, sku""")
                .param("order", order.value())
                .query((row, _) -> {
                    var item = row.getObject("item", UUID.class);
                    return new Ordered(
                            row.getString("line"),
                            item == null ? null : new ItemId(item),
                            row.getString("sku"),
                            row.getLong("reserved"),
                            row.getLong("shipped"),
                            row.getLong("oversold"),
                            row.getBoolean("held"));
                })
                .list();
    }
}
