package dev.kontor.orders.archive;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import dev.kontor.accounts.AccountId;
import dev.kontor.marketplaces.MarketplaceOrder;
import dev.kontor.orders.OrderId;
import dev.kontor.orders.OrderView;

import static java.time.ZoneOffset.UTC;

/** Orders together with the documents they were made of, and a way to replace what was made of them. */
@Repository
public class KeptOrders {

    private final JdbcTemplate jdbc;
    private final OrderViews views;
    private final LineRows lines;
    private final WordRows words;
    private final OrderSealing sealing;
    private final JsonMapper json;

    KeptOrders(
            JdbcTemplate jdbc,
            OrderViews views,
            LineRows lines,
            WordRows words,
            OrderSealing sealing,
            JsonMapper json) {
        this.jdbc = jdbc;
        this.views = views;
        this.lines = lines;
        this.words = words;
        this.sealing = sealing;
        this.json = json;
    }

    /** @param document with personal values masked */
    public record Kept(OrderView view, ObjectNode document, Instant asOf) {}

    /** An order and what its document is understood to say now. */
    public record Renewed(OrderId id, MarketplaceOrder order) {}

    private record Row(OrderView view, String document, Instant asOf) {}

    /** By id. */
    public List<Kept> page(AccountId account, UUID after, int limit) {
        var rows = jdbc.query(
                "select " + OrderViews.COLUMNS + ", o.document, o.as_of from orders.orders o"
                        + " where o.account = ? and o.id > ? order by o.id limit ?",
                (row, number) -> new Row(
                        OrderViews.head(row).view(),
                        row.getString("document"),
                        row.getObject("as_of", OffsetDateTime.class).toInstant()),
                account.value(),
                after,
                limit);
        var complete = views.complete(
                rows.stream().map(row -> new OrderViews.Head(row.view())).toList());
        var kept = new ArrayList<Kept>(rows.size());
        for (int index = 0; index < rows.size(); index++) {
            var row = rows.get(index);
            kept.add(new Kept(complete.get(index), (ObjectNode) json.readTree(row.document()), row.asOf()));
        }
        return kept;
    }

    /** Documents, personal data and versions stay as they are; {@link Concealment} changes those. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void renew(List<Renewed> orders) {
        jdbc.batchUpdate("""
                update orders.orders set number = ?, status = ?, marketplace_status = ?, placed_at = ?, updated_at = ?,
                  currency = ?, total = ?, revision = ?,
                  check_at = case when gone_at is null and merged_into is null then ?::timestamptz end where id = ?""", orders, 500, (statement, renewed) -> {
            var order = renewed.order();
            statement.setString(1, order.number());
            statement.setString(2, order.status().name());
            statement.setString(3, order.marketplaceStatus());
            statement.setObject(4, order.placedAt().atOffset(UTC));
            OrderRows.setInstant(statement, 5, order.updatedAt());
            statement.setString(6, order.total().currency());
            statement.setBigDecimal(7, order.total().amount());
            statement.setString(8, order.revision());
            OrderRows.setInstant(statement, 9, Recheck.after(order, order.asOf()));
            statement.setObject(10, renewed.id().value());
        });
        lines.replace(orders);
        for (var renewed : orders) {
            words.renew(renewed.id(), renewed.order().placedAt(), sealing.openWords(renewed.order()));
        }
    }
}
