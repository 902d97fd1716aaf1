package dev.kontor.inventory.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import dev.kontor.inventory.ItemId;
import dev.kontor.inventory.items.WarehouseId;

/** Reads what is where, and the movements that made it so. */
@Repository
public class Positions {

    private final JdbcClient jdbc;

    Positions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param movements how many the position is the sum of */
    public record Position(StockAt stock, long present, long reserved, long movements, Instant changedAt) {

        public long available() {
            return present - reserved;
        }

        /** Units that are sold and not there. */
        public long oversold() {
            return Math.max(0, -available());
        }

        private static Position of(ResultSet row) throws SQLException {
            return new Position(
                    LedgerRows.stock(row),
                    row.getLong("present"),
                    row.getLong("reserved"),
                    row.getLong("movements"),
                    row.getObject("changed_at", OffsetDateTime.class).toInstant());
        }
    }

    public List<Position> of(ItemId item) {
        return of(List.of(item)).getOrDefault(item, List.of());
    }

    public Map<ItemId, List<Position>> of(Collection<ItemId> items) {
        var found = new HashMap<ItemId, List<Position>>();
        jdbc.sql("select * from inventory.positions where item = any(?) order by warehouse, stock_type")
                .param(items.stream().map(ItemId::value).toArray(UUID[]::new))
                .query(row -> {
                    var position = Position.of(row);
                    found.computeIfAbsent(position.stock().item(), id -> new ArrayList<>())
                            .add(position);
                });
        return found;
    }

    /** Of items of which somebody has said how many there are: what their import counted, null where something else came first. */
    public Map<ItemId, @Nullable Long> firstCounts(Collection<ItemId> items) {
        var counts = new HashMap<ItemId, @Nullable Long>();
        jdbc.sql("""
                        select p.item, max(m.present_after) filter (where m.kind = 'IMPORT') as counted
                        from inventory.positions p cross join lateral (select * from inventory.movements
                          where position = p.id and kind not in ('RESERVATION', 'RELEASE', 'SHIPMENT') and order_id is null
                          order by number limit 1) as m
                        where p.item = any(?) and p.stock_type = 'OWN' group by p.item""")
                .param(items.stream().map(ItemId::value).toArray(UUID[]::new))
                .query(row -> {
                    counts.put(new ItemId(row.getObject("item", UUID.class)), row.getObject("counted", Long.class));
                });
        return counts;
    }

    /** Where a page of movements ended. */
    public record Place(long position, long number) {}

    public record Listed(Place place, Movement movement) {}

    /** The newest first, one position after the other. */
    public List<Listed> movements(ItemId item, @Nullable WarehouseId warehouse, @Nullable Place after, int limit) {
        return jdbc.sql(LedgerRows.SELECT_MOVEMENTS + """
                        where m.position in (select id from inventory.positions
                            where item = :item and (:warehouse::uuid is null or warehouse = :warehouse::uuid))
                          and (:number::bigint is null or (m.position, m.number) < (:position::bigint, :number::bigint))
                        order by m.position desc, m.number desc limit :limit""")
                .param("item", item.value())
                .param("warehouse", warehouse == null ? null : warehouse.value())
                .param("position", after == null ? null : after.position())
                .param("number", after == null ? null : after.number())
                .param("limit", limit)
                .query((row, number) ->
                        new Listed(new Place(row.getLong("position"), row.getLong("number")), LedgerRows.movement(row)))
                .list();
    }
}
