package dev.kontor.inventory.oversells;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;

import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import dev.kontor.accounts.AccountId;
import dev.kontor.inventory.ItemId;
import dev.kontor.inventory.ListingId;
import dev.kontor.inventory.OversellId;
import dev.kontor.inventory.items.WarehouseId;
import dev.kontor.inventory.ledger.Movement;
import dev.kontor.inventory.ledger.StockAt;
import dev.kontor.inventory.ledger.StockType;
import dev.kontor.inventory.oversells.Oversell.State;
import dev.kontor.orders.OrderId;

import static java.time.ZoneOffset.UTC;

/** Keeps every oversell there ever was. */
@Repository
public class Oversells {

    private static final TimeBasedEpochGenerator ids = Generators.timeBasedEpochGenerator();
    private static final TypeReference<List<Finding>> FINDINGS = new TypeReference<>() {};
    private static final int PAGE = 500;
    private static final String SELECT = """
            select o.*, p.warehouse, p.stock_type from inventory.oversells o
            join inventory.positions p on p.id = o.position where\s""";

    private final JdbcClient jdbc;
    private final JsonMapper json;

    Oversells(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** Which ones are meant; null means any. */
    public record Filter(
            @Nullable State state,
            @Nullable ItemId item,
            @Nullable AccountId account) {}

    /** Where a page ended. */
    public record Position(UUID id) {

        public static Position of(Oversell oversell) {
            return new Position(oversell.id().value());
        }
    }

    public Optional<Oversell> find(OversellId id) {
        return jdbc.sql(SELECT + "o.id = ?")
                .param(id.value())
                .query(this::oversell)
                .optional();
    }

    /** The newest first. */
    public List<Oversell> list(Filter filter, @Nullable Position after, int limit) {
        return jdbc.sql(SELECT + """
                        (:state::text is null or :state = case when resolved_at is not null then 'RESOLVED'
                            when acknowledged_at is not null then 'ACKNOWLEDGED' else 'OPEN' end)
                          and (:item::uuid is null or o.item = :item)
                          and (:account::uuid is null or o.account = :account)
                          and (:after::uuid is null or o.id < :after)
                        order by o.id desc limit :limit""")
                .param("state", filter.state() == null ? null : filter.state().name())
                .param("item", filter.item() == null ? null : filter.item().value())
                .param(
                        "account",
                        filter.account() == null ? null : filter.account().value())
                .param("after", after == null ? null : after.id())
                .param("limit", limit)
                .query(this::oversell)
                .list();
    }

    public void forEach(Filter filter, Consumer<Oversell> consumer) {
        Position after = null;
        List<Oversell> page;
        do {
            page = list(filter, after, PAGE);
            page.forEach(consumer);
            after = page.isEmpty() ? null : Position.of(page.getLast());
        } while (after != null);
    }

    /** By how many a movement made it worse. */
    record Worse(long position, Movement movement, long units) {}

    /**
     * Joins the transaction that writes the movements, which holds the positions.
     *
     * @return those that were not known yet
     */
    List<Oversell> add(List<Worse> worse, Instant now) {
        var fresh = new ArrayList<UUID>();
        for (var one : worse) {
            var cause = one.movement().cause();
            var order = cause.order();
            var id = ids.generate();
            int added = jdbc.sql("""
                            insert into inventory.oversells (id, position, movement, item, account, listing, order_id, line,
                              units, detected_at)
                            select :id, :position, :movement, :item, c.account, c.listing, :order::uuid, :line::text, :units, :now
                            from (values (1)) as one left join lateral (select account, listing from inventory.claims
                              where order_id = :order::uuid and line = :line::text and item = :item limit 1) as c on true
                            on conflict (position, movement) do nothing""")
                    .param("id", id)
                    .param("position", one.position())
                    .param("movement", one.movement().number())
                    .param("item", one.movement().stock().item().value())
                    .param("order", order == null ? null : order.value())
                    .param("line", cause.line())
                    .param("units", one.units())
                    .param("now", now.atOffset(UTC))
                    .update();
            if (added > 0) {
                fresh.add(id);
            }
        }
        return fresh.isEmpty()
                ? List.of()
                : jdbc.sql(SELECT + "o.id = any(?) order by o.id")
                        .param(fresh.toArray(UUID[]::new))
                        .query(this::oversell)
                        .list();
    }

    /**
     * Of which positions it was known how many there are, as far as earlier movements tell.
     *
     * @param first the number of the first later movement, by position
     */
    Set<Long> counted(Map<Long, Long> first) {
        return new HashSet<>(jdbc.sql("""
                        select wanted.position from unnest(:positions::bigint[], :first::bigint[]) as wanted (position, first)
                        where exists (select from inventory.movements m where m.position = wanted.position
                          and m.number < wanted.first and m.kind not in ('RESERVATION', 'RELEASE', 'SHIPMENT')
                          and m.order_id is null)""")
                .param("positions", first.keySet().toArray(Long[]::new))
                .param("first", first.values().toArray(Long[]::new))
                .query(Long.class)
                .list());
    }

    /** There is enough again at these positions. @return the oversells that have ended by that */
    List<Oversell> resolve(Collection<Long> positions, Instant now) {
        var ended = jdbc.sql("""
                        update inventory.oversells set resolved_at = ?, version = version + 1
                        where position = any(?) and resolved_at is null returning id""")
                .params(now.atOffset(UTC), positions.toArray(Long[]::new))
                .query(UUID.class)
                .list();
        return ended.isEmpty()
                ? List.of()
                : jdbc.sql(SELECT + "o.id = any(?) order by o.id")
                        .param(ended.toArray(UUID[]::new))
                        .query(this::oversell)
                        .list();
    }

    /** Until the end of the transaction nobody else changes it. */
    Optional<Oversell> lock(OversellId id) {
        return jdbc.sql(SELECT + "o.id = ? for update of o")
                .param(id.value())
                .query(this::oversell)
                .optional();
    }

    void acknowledge(OversellId id, String actor, String note, Instant now) {
        jdbc.sql("""
                        update inventory.oversells set acknowledged_by = ?, acknowledged_at = ?, note = ?, version = version + 1
                        where id = ?""").params(actor, now.atOffset(UTC), note, id.value()).update();
    }

    /**
     * Not looked at yet, or looked at in vain: what explains it may become known later.
     *
     * @param since older ones stay unexplained
     * @param before it was looked at
     */
    List<Oversell> unexplained(Instant since, Instant before, int limit) {
        return jdbc.sql(SELECT + """
                        (o.cause is null or o.cause = 'UNEXPLAINED' and o.detected_at > ? and o.examined_at <= ?)
                        order by o.detected_at desc limit ?""")
                .params(since.atOffset(UTC), before.atOffset(UTC), limit)
                .query(this::oversell)
                .list();
    }

    void explain(OversellId id, Cause cause, List<Finding> findings, Instant now) {
        jdbc.sql("""
                        update inventory.oversells set version = version + (cause is distinct from :cause)::int,
                          cause = :cause, findings = :findings::jsonb, examined_at = :now
                        where id = :id and (cause is null or cause = 'UNEXPLAINED')""")
                .param("cause", cause.name())
                .param("findings", json.writeValueAsString(findings))
                .param("now", now.atOffset(UTC))
                .param("id", id.value())
                .update();
    }

    private Oversell oversell(ResultSet row, int number) throws SQLException {
        var account = row.getObject("account", UUID.class);
        var listing = row.getObject("listing", UUID.class);
        var order = row.getObject("order_id", UUID.class);
        var cause = row.getString("cause");
        var findings = row.getString("findings");
        return new Oversell(
                new OversellId(row.getObject("id", UUID.class)),
                row.getLong("position"),
                new StockAt(
                        new ItemId(row.getObject("item", UUID.class)),
                        new WarehouseId(row.getObject("warehouse", UUID.class)),
                        StockType.valueOf(row.getString("stock_type"))),
                row.getLong("movement"),
                account == null ? null : new AccountId(account),
                listing == null ? null : new ListingId(listing),
                order == null ? null : new OrderId(order),
                row.getString("line"),
                row.getLong("units"),
                row.getObject("detected_at", OffsetDateTime.class).toInstant(),
                instant(row, "resolved_at"),
                cause == null ? null : Cause.valueOf(cause),
                findings == null ? List.of() : json.readValue(findings, FINDINGS),
                row.getString("acknowledged_by"),
                instant(row, "acknowledged_at"),
                row.getString("note"),
                row.getLong("version"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
