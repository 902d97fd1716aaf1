package dev.kontor.inventory.items;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongConsumer;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

import dev.kontor.api.Conflict;
import dev.kontor.api.InvalidField;
import dev.kontor.api.NotFound;
import dev.kontor.audit.Act;
import dev.kontor.audit.AuditLog;

import static java.time.ZoneOffset.UTC;

/** Where goods are kept. Exactly one place is preferred: orders are served from there. */
@Repository
public class Warehouses {

    private static final int LONGEST_NAME = 100;

    private final JdbcClient jdbc;
    private final Clock clock;
    private final AuditLog audit;

    Warehouses(JdbcClient jdbc, Clock clock, AuditLog audit) {
        this.audit = audit;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    public record Warehouse(WarehouseId id, String name, boolean preferred, long version, Instant createdAt) {

        private static Warehouse of(ResultSet row, int number) throws SQLException {
            return new Warehouse(
                    new WarehouseId(row.getObject("id", UUID.class)),
                    row.getString("name"),
                    row.getBoolean("preferred"),
                    row.getLong("version"),
                    row.getObject("created_at", OffsetDateTime.class).toInstant());
        }
    }

    /** By name. */
    public List<Warehouse> all() {
        return jdbc.sql("select * from inventory.warehouses order by name")
                .query(Warehouse::of)
                .list();
    }

    public Optional<Warehouse> find(WarehouseId id) {
        return jdbc.sql("select * from inventory.warehouses where id = ?")
                .param(id.value())
                .query(Warehouse::of)
                .optional();
    }

    public Warehouse preferred() {
        return jdbc.sql("select * from inventory.warehouses where preferred")
                .query(Warehouse::of)
                .single();
    }

    @Transactional
    public Warehouse create(String name) {
        var id = new WarehouseId(UUID.randomUUID());
        write(() -> jdbc.sql(
                        "insert into inventory.warehouses (id, name, preferred, version, created_at) values (?, ?, false, 1, ?)")
                .params(id.value(), checked(name), clock.instant().atOffset(UTC))
                .update());
        audit.record(Act.of("warehouse.added", "warehouse", id).label("name", checked(name)));
        return get(id);
    }

    /**
     * @param name null to keep it
     * @param prefer whether orders are to be served from here; what another place has reserved stays there
     */
    @Transactional
    public Warehouse change(WarehouseId id, LongConsumer seen, @Nullable String name, boolean prefer) {
        jdbc.sql("select from inventory.warehouses order by id for update")
                .query((row, number) -> true)
                .list();
        var before = get(id);
        seen.accept(before.version());
        if (prefer && !before.preferred()) {
            jdbc.sql("update inventory.warehouses set preferred = false, version = version + 1 where preferred")
                    .update();
        }
        write(() -> jdbc.sql(
                        "update inventory.warehouses set name = ?, preferred = ?, version = version + 1 where id = ?")
                .params(name == null ? before.name() : checked(name), before.preferred() || prefer, id.value())
                .update());
        var after = get(id);
        audit.record(Act.of("warehouse.changed", "warehouse", id)
                .label("name", before.name(), after.name())
                .field("preferred", before.preferred(), after.preferred()));
        return after;
    }

    private Warehouse get(WarehouseId id) {
        return find(id).orElseThrow(() -> NotFound.of("warehouse", id));
    }

    private static String checked(String name) {
        var stripped = name.strip();
        if (stripped.isEmpty()
                || stripped.length() > LONGEST_NAME
                || stripped.codePoints().anyMatch(Character::isISOControl)) {
            throw new InvalidField("name", "must have 1 to " + LONGEST_NAME + " printable characters");
        }
        return stripped;
    }

    private static void write(Runnable statement) {
        try {
            statement.run();
        } catch (DuplicateKeyException e) {
            throw new Conflict("name-taken", "There is a warehouse of this name already.");
        }
    }
}
