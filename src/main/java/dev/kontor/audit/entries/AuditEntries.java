package dev.kontor.audit.entries;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import dev.kontor.audit.Actor;

import static java.time.ZoneOffset.UTC;

/** The entries as rows: added and read, and nothing else. */
@Repository
public class AuditEntries {

    private static final int PAGE = 500;

    private final JdbcClient jdbc;

    AuditEntries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Which entries are meant; null means any. */
    public record Filter(
            Actor.@Nullable Kind actorKind,
            @Nullable String actor,
            @Nullable String action,
            @Nullable String objectType,
            @Nullable String objectId,
            @Nullable Instant from,
            @Nullable Instant until,
            @Nullable String correlation) {}

    /** An entry and its place in lists. */
    public record Numbered(long number, AuditEntry entry) {}

    /** Where a page ended. */
    public record Position(long number) {

        public static Position of(Numbered numbered) {
            return new Position(numbered.number());
        }
    }

    void add(List<AuditEntry> added, List<byte[]> macs) {
        jdbc.sql("""
                        insert into audit.entries (id, at, actor_kind, actor_id, actor_name, action, object_type, object_id,
                          before, after, address, correlation, mac)
                        select id, at, kind, actor, name, action, type, object, before::json, after::json, address, correlation,
                          mac
                        from unnest(:ids::uuid[], :times::timestamptz[], :kinds::text[], :actors::text[], :names::text[],
                          :actions::text[], :types::text[], :objects::text[], :befores::text[], :afters::text[],
                          :addresses::text[], :correlations::text[], :macs::bytea[]) as entry (id, at, kind, actor, name,
                          action, type, object, before, after, address, correlation, mac)""")
                .param("ids", added.stream().map(AuditEntry::id).toArray(UUID[]::new))
                .param("times", texts(added, entry -> entry.at().toString()))
                .param("kinds", texts(added, AuditEntry::actorKind))
                .param("actors", texts(added, AuditEntry::actorId))
                .param("names", texts(added, AuditEntry::actorName))
                .param("actions", texts(added, AuditEntry::action))
                .param("types", texts(added, AuditEntry::objectType))
                .param("objects", texts(added, AuditEntry::objectId))
                .param("befores", texts(added, AuditEntry::before))
                .param("afters", texts(added, AuditEntry::after))
                .param("addresses", texts(added, AuditEntry::address))
                .param("correlations", texts(added, AuditEntry::correlation))
                .param("macs", macs.toArray(byte[][]::new))
                .update();
    }

    private static @Nullable String[] texts(List<AuditEntry> added, Function<AuditEntry, @Nullable String> field) {
        return added.stream().map(field).toArray(String[]::new);
    }

    /** The newest first. */
    public List<Numbered> list(Filter filter, @Nullable Position after, int limit) {
        var conditions = new ArrayList<String>(List.of("true"));
        var parameters = new HashMap<String, Object>();
        class Where {
            void add(String condition, String name, @Nullable Object value) {
                if (value != null) {
                    conditions.add(condition + " :" + name);
                    parameters.put(name, value);
                }
            }
        }
        var where = new Where();
        where.add(
                "actor_kind =",
                "kind",
                filter.actorKind() == null ? null : filter.actorKind().name());
        where.add("actor_id =", "actor", filter.actor());
        where.add("action =", "action", filter.action());
        where.add("object_type =", "type", filter.objectType());
        where.add("object_id =", "object", filter.objectId());
        where.add("at >=", "from", filter.from() == null ? null : filter.from().atOffset(UTC));
        where.add(
                "at <", "until", filter.until() == null ? null : filter.until().atOffset(UTC));
        where.add("correlation =", "correlation", filter.correlation());
        where.add("number <", "after", after == null ? null : after.number());
        parameters.put("limit", limit);
        return jdbc.sql("select * from audit.entries where " + String.join(" and ", conditions)
                        + " order by number desc limit :limit")
                .params(parameters)
                .query((row, _) -> new Numbered(row.getLong("number"), read(row)))
                .list();
    }

    public void forEach(Filter filter, Consumer<AuditEntry> consumer) {
        Position after = null;
        List<Numbered> page;
        do {
            page = list(filter, after, PAGE);
            page.forEach(numbered -> consumer.accept(numbered.entry()));
            after = page.isEmpty() ? null : Position.of(page.getLast());
        } while (after != null);
    }

    public static AuditEntry read(ResultSet row) throws SQLException {
        return new AuditEntry(
                row.getObject("id", UUID.class),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("actor_kind"),
                row.getString("actor_id"),
                row.getString("actor_name"),
                row.getString("action"),
                row.getString("object_type"),
                row.getString("object_id"),
                row.getString("before"),
                row.getString("after"),
                row.getString("address"),
                row.getString("correlation"));
    }
}
