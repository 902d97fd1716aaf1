package dev.kontor.inventory.ledger;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.PreparedStatementCallback;
import org.springframework.stereotype.Repository;

import dev.kontor.inventory.ItemId;
import dev.kontor.inventory.items.WarehouseId;
import dev.kontor.orders.OrderId;

import static java.time.ZoneOffset.UTC;

/** Reads and writes many movements with two trips to the database, however many positions they touch. */
@Repository
class LedgerRows {

    /** Of movements with their positions. */
    static final String SELECT_MOVEMENTS = """
            select p.item, p.warehouse, p.stock_type, m.number, m.idempotency_key, m.kind, m.present, m.reserved,
              m.present_after, m.reserved_after, m.actor, m.reason, m.order_id, m.line, m.at, m.position
            from inventory.movements m join inventory.positions p on p.id = m.position
            """;

    /**
     * Three statements in one trip, each seeing what was committed before it began: positions are made where they are
     * missing, locked in an order that is the same for all, and only then is it asked what was posted before.
     */
    private static final String OPEN = """
            insert into inventory.positions (item, warehouse, stock_type, present, reserved, movements, changed_at)
            select item, warehouse, stock_type, 0, 0, 0, 'epoch'
            from unnest(?::uuid[], ?::uuid[], ?::text[]) with ordinality as wanted (item, warehouse, stock_type, ordinality)
            where not exists (select from inventory.positions p where (p.item, p.warehouse, p.stock_type) =
              (wanted.item, wanted.warehouse, wanted.stock_type))
            order by ordinality on conflict do nothing;
            select p.* from unnest(?::uuid[], ?::uuid[], ?::text[]) as wanted (item, warehouse, stock_type)
            join inventory.positions p on (p.item, p.warehouse, p.stock_type) =
              (wanted.item, wanted.warehouse, wanted.stock_type)
            order by p.item, p.warehouse, p.stock_type for no key update of p;
            """ + SELECT_MOVEMENTS + "where m.idempotency_key = any(?)";

    private static final String CLOSE = """
            with written as (
              insert into inventory.movements (position, number, idempotency_key, kind, present, reserved, present_after,
                reserved_after, actor, reason, order_id, line, at)
              select * from unnest(?::bigint[], ?::bigint[], ?::text[], ?::text[], ?::bigint[], ?::bigint[], ?::bigint[],
                ?::bigint[], ?::text[], ?::text[], ?::uuid[], ?::text[], ?::timestamptz[])
            ), changed as (
              insert into inventory.changed_items (item, sold)
              select moved.item, moved.sold from unnest(?::uuid[], ?::boolean[]) as moved (item, sold)
              where exists (select from inventory.listing_contents c where c.item = moved.item)
            )
            update inventory.positions p set present = fold.present, reserved = fold.reserved,
              movements = fold.movements, changed_at = fold.changed_at
            from unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::timestamptz[])
              as fold (id, present, reserved, movements, changed_at)
            where p.id = fold.id""";

    private final JdbcTemplate jdbc;

    LedgerRows(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** @param known movements that were posted before, by key */
    record Opened(Map<StockAt, Balance> balances, Map<String, Movement> known) {

        Balance balance(StockAt stock) {
            return Objects.requireNonNull(balances.get(stock), "a position was neither there nor made");
        }
    }

    /** Until the end of the transaction nobody else moves these stocks. */
    Opened open(List<StockAt> stocks, Collection<String> keys) {
        return Objects.requireNonNull(jdbc.execute(OPEN, (PreparedStatementCallback<Opened>) statement -> {
            for (int first : new int[] {1, 4}) {
                array(statement, first, "uuid", stocks, at -> at.item().value());
                array(statement, first + 1, "uuid", stocks, at -> at.warehouse().value());
                array(statement, first + 2, "text", stocks, at -> at.type().name());
            }
            array(statement, 7, "text", keys, key -> key);
            statement.execute();
            return new Opened(balances(next(statement)), known(next(statement)));
        }));
    }

    private static ResultSet next(PreparedStatement statement) throws SQLException {
        while (!statement.getMoreResults()) {
            if (statement.getUpdateCount() < 0) {
                throw new SQLException("a result is missing");
            }
        }
        return statement.getResultSet();
    }

    private static Map<StockAt, Balance> balances(ResultSet rows) throws SQLException {
        var balances = new HashMap<StockAt, Balance>();
        while (rows.next()) {
            var stock = stock(rows);
            balances.put(
                    stock,
                    new Balance(
                            rows.getLong("id"),
                            stock,
                            rows.getLong("present"),
                            rows.getLong("reserved"),
                            rows.getLong("movements"),
                            rows.getObject("changed_at", OffsetDateTime.class).toInstant()));
        }
        return balances;
    }

    private static Map<String, Movement> known(ResultSet rows) throws SQLException {
        var known = new HashMap<String, Movement>();
        while (rows.next()) {
            var movement = movement(rows);
            known.put(movement.key(), movement);
        }
        return known;
    }

    /** Those of which somebody has said how many there are. Asked after they were locked. */
    List<Balance> counted(Collection<Balance> opened) {
        var counted = new HashSet<>(jdbc.queryForList(
                """
                select id from unnest(?::bigint[]) as id where exists (select from inventory.movements m
                  where m.position = id and m.kind not in ('RESERVATION', 'RELEASE', 'SHIPMENT') and m.order_id is null)""", Long.class, (Object) opened.stream().map(Balance::id).toArray(Long[]::new)));
        return opened.stream().filter(balance -> counted.contains(balance.id())).toList();
    }

    void close(Collection<Balance> balances) {
        var changed =
                balances.stream().filter(balance -> !balance.added().isEmpty()).toList();
        var added = changed.stream()
                .flatMap(balance -> balance.added().stream().map(it -> new Added(balance.id(), it)))
                .toList();
        var moved = moved(changed);
        jdbc.execute(CLOSE, (PreparedStatementCallback<Integer>) statement -> {
            array(statement, 1, "int8", added, Added::position);
            array(statement, 2, "int8", added, it -> it.movement().number());
            array(statement, 3, "text", added, it -> it.movement().key());
            array(statement, 4, "text", added, it -> it.movement().kind().name());
            array(statement, 5, "int8", added, it -> it.movement().present());
            array(statement, 6, "int8", added, it -> it.movement().reserved());
            array(statement, 7, "int8", added, it -> it.movement().presentAfter());
            array(statement, 8, "int8", added, it -> it.movement().reservedAfter());
            array(statement, 9, "text", added, it -> it.movement().cause().actor());
            array(statement, 10, "text", added, it -> it.movement().cause().reason());
            array(
                    statement,
                    11,
                    "uuid",
                    added,
                    it -> value(it.movement().cause().order()));
            array(statement, 12, "text", added, it -> it.movement().cause().line());
            array(statement, 13, "timestamptz", added, it -> it.movement().at().atOffset(UTC));
            array(statement, 14, "uuid", moved.keySet(), ItemId::value);
            array(statement, 15, "bool", moved.values(), sold -> sold);
            array(statement, 16, "int8", changed, Balance::id);
            array(statement, 17, "int8", changed, Balance::present);
            array(statement, 18, "int8", changed, Balance::reserved);
            array(statement, 19, "int8", changed, Balance::number);
            array(statement, 20, "timestamptz", changed, it -> it.changedAt().atOffset(UTC));
            return statement.executeUpdate();
        });
    }

    /** @return by item, whether an order has moved it */
    private static Map<ItemId, Boolean> moved(List<Balance> changed) {
        var moved = new LinkedHashMap<ItemId, Boolean>();
        changed.forEach(balance -> moved.merge(
                balance.stock().item(),
                balance.added().stream().anyMatch(it -> it.cause().order() != null),
                Boolean::logicalOr));
        return moved;
    }

    private record Added(long position, Movement movement) {}

    private static <T> void array(
            PreparedStatement statement,
            int index,
            String type,
            Collection<T> values,
            Function<T, @Nullable Object> value)
            throws SQLException {
        statement.setArray(
                index,
                statement
                        .getConnection()
                        .createArrayOf(type, values.stream().map(value).toArray()));
    }

    private static @Nullable UUID value(@Nullable OrderId order) {
        return order == null ? null : order.value();
    }

    static StockAt stock(ResultSet row) throws SQLException {
        return new StockAt(
                new ItemId(row.getObject("item", UUID.class)),
                new WarehouseId(row.getObject("warehouse", UUID.class)),
                StockType.valueOf(row.getString("stock_type")));
    }

    static Movement movement(ResultSet row) throws SQLException {
        var order = row.getObject("order_id", UUID.class);
        return new Movement(
                stock(row),
                row.getLong("number"),
                row.getString("idempotency_key"),
                MovementKind.valueOf(row.getString("kind")),
                row.getLong("present"),
                row.getLong("reserved"),
                row.getLong("present_after"),
                row.getLong("reserved_after"),
                new Cause(
                        row.getString("actor"),
                        row.getString("reason"),
                        order == null ? null : new OrderId(order),
                        row.getString("line")),
                row.getObject("at", OffsetDateTime.class).toInstant());
    }
}
