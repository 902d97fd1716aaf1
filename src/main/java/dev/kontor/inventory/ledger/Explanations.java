package dev.kontor.inventory.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

import dev.kontor.inventory.ItemId;
import dev.kontor.orders.OrderId;

import static java.time.ZoneOffset.UTC;

/** Takes the numbers of an item at an instant apart into what they are made of. */
@Repository
public class Explanations {

    private final JdbcClient jdbc;

    Explanations(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param present what the last movement left
     * @param movements how many there had been
     */
    public record Explanation(
            StockAt stock,
            long present,
            long reserved,
            long movements,
            List<PresentTerm> presentTerms,
            List<ReservedTerm> reservedTerms) {

        public long available() {
            return present - reserved;
        }
    }

    /** All movements of a kind: how many, what they add up to, and the first and the last of them by number. */
    public record PresentTerm(MovementKind kind, long movements, long quantity, long first, long last) {}

    /** What an order's line holds, and the last movement that made it so. */
    public record ReservedTerm(
            @Nullable OrderId order, @Nullable String line, long quantity, long last, Instant since) {}

    /** Of every position that the item had then. */
    @Transactional(isolation = Isolation.REPEATABLE_READ, readOnly = true)
    public List<Explanation> of(ItemId item, Instant at) {
        var present = new HashMap<Long, List<PresentTerm>>();
        query(
                """
                select position, kind, count(*) as movements, sum(m.present) as quantity, min(number) as first,
                  max(number) as last from %s and m.present <> 0 group by position, kind order by position, first""",
                item,
                at,
                row -> terms(present, row)
                        .add(new PresentTerm(
                                MovementKind.valueOf(row.getString("kind")),
                                row.getLong("movements"),
                                row.getLong("quantity"),
                                row.getLong("first"),
                                row.getLong("last"))));
        var reserved = new HashMap<Long, List<ReservedTerm>>();
        query("""
                select position, order_id, line, sum(m.reserved) as quantity, max(number) as last, max(m.at) as since
                from %s and m.reserved <> 0 group by position, order_id, line having sum(m.reserved) <> 0
                order by position, last""", item, at, row -> terms(reserved, row).add(reservedTerm(row)));
        var explanations = new ArrayList<Explanation>();
        query(
                """
                select distinct on (position) position, item, warehouse, stock_type, number, present_after, reserved_after
                from %s order by position, number desc""",
                item,
                at,
                row -> explanations.add(new Explanation(
                        LedgerRows.stock(row),
                        row.getLong("present_after"),
                        row.getLong("reserved_after"),
                        row.getLong("number"),
                        present.getOrDefault(row.getLong("position"), List.of()),
                        reserved.getOrDefault(row.getLong("position"), List.of()))));
        return explanations;
    }

    private static <T> List<T> terms(Map<Long, List<T>> terms, ResultSet row) throws SQLException {
        return terms.computeIfAbsent(row.getLong("position"), position -> new ArrayList<>());
    }

    private static ReservedTerm reservedTerm(ResultSet row) throws SQLException {
        var order = row.getObject("order_id", UUID.class);
        return new ReservedTerm(
                order == null ? null : new OrderId(order),
                row.getString("line"),
                row.getLong("quantity"),
                row.getLong("last"),
                row.getObject("since", OffsetDateTime.class).toInstant());
    }

    private void query(String select, ItemId item, Instant at, RowCallbackHandler rows) {
        jdbc.sql(select.formatted("""
                        inventory.movements m join inventory.positions p on p.id = m.position
                        where p.item = ? and m.at <= ?""")).params(item.value(), at.atOffset(UTC)).query(rows);
    }
}
