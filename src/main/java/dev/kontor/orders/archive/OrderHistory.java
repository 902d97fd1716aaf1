package dev.kontor.orders.archive;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import dev.kontor.orders.OrderId;

import static java.time.ZoneOffset.UTC;

/** Everything that is known to have happened to an order, the oldest first. */
@Component
public class OrderHistory {

    private final JdbcClient jdbc;

    OrderHistory(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param kind {@code EVENT} of the marketplace, also of orders that were merged into this one; {@code ARCHIVED};
     *     {@code CHANGED}, as Kontor saw it; {@code MERGED} into another; {@code GONE}
     * @param key unique within the order
     * @param type the marketplace's word for an event; the status before a change
     * @param source the loop that saw it, for what Kontor found out by itself
     */
    public record Entry(
            Instant at,
            String key,
            String kind,
            @Nullable String type,
            @Nullable String source) {}

    /** Where a page ended. */
    public record Position(Instant at, String key) {
        public static final Position START = new Position(Instant.EPOCH, "");
    }

    public List<Entry> list(OrderId order, Position after, int limit) {
        return jdbc.sql("""
                        with this as (select * from orders.orders where id = :order),
                        family as (
                          select account, external_id from this
                          union select o.account, o.external_id from orders.orders o where o.merged_into = :order
                        ),
                        history as (
                          select e.occurred_at as at, e.external_id as key, 'EVENT' as kind, e.type, null as source
                          from family f join orders.order_events e
                            on e.account = f.account and e.external_order_id = f.external_id
                          union all
                          select archived_at, 'archived', 'ARCHIVED', null, archived_by from this
                          union all
                          select replaced_at, 'changed-' || version, 'CHANGED', marketplace_status, replaced_by
                          from orders.revisions where order_id = :order
                          union all
                          select changed_at, 'merged', 'MERGED', null, null from this where merged_into is not null
                          union all
                          select gone_at, 'gone', 'GONE', null, null from this where gone_at is not null
                        )
                        select * from history where (at, key) > (:at, :key) order by at, key limit :limit""")
                .param("order", order.value())
                .param("at", after.at().atOffset(UTC))
                .param("key", after.key())
                .param("limit", limit)
                .query((row, number) -> new Entry(
                        row.getObject("at", OffsetDateTime.class).toInstant(),
                        row.getString("key"),
                        row.getString("kind"),
                        row.getString("type"),
                        row.getString("source")))
                .list();
    }
}
