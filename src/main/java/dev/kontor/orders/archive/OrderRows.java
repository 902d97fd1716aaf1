package dev.kontor.orders.archive;

import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.Accounts.AccountView;
import dev.kontor.orders.Source;

import static java.time.ZoneOffset.UTC;

/** The rows of the archive, written in batches. */
@Repository
class OrderRows {

    private static final short SCHEMA_VERSION = 1;
    private static final int BATCH = 500;
    private static final String NEW = """
            orders.orders (id, account, marketplace, external_id, number, status, marketplace_status, placed_at,
              updated_at, as_of, currency, total, revision, version, schema_version, buyer, content_hash, personal_hash,
              check_at, archived_at, archived_by, changed_at, document)""";

    private final JdbcTemplate jdbc;
    private final LineRows lines;
    private final WordRows words;

    OrderRows(JdbcTemplate jdbc, LineRows lines, WordRows words) {
        this.jdbc = jdbc;
        this.lines = lines;
        this.words = words;
    }

    /**
     * The loops of an account write one after another, each for the moment of its transaction. All that they look up there
     * they look up by a key; while an import fills the tables faster than PostgreSQL takes its statistics, the planner
     * would not believe that.
     */
    void lock(AccountId account) {
        jdbc.query("""
                select set_config('enable_seqscan', 'off', true),
                  pg_advisory_xact_lock(hashtextextended('orders.archive ' || ?, 0))""", row -> {}, account.toString());
    }

    Map<String, KnownOrder> find(AccountId account, Collection<String> externalIds) {
        var found = new HashMap<String, KnownOrder>();
        jdbc.query(
                """
                select id, external_id, version, updated_at, as_of, content_hash, personal_hash,
                  gone_at is not null or merged_into is not null as vanished
                from orders.orders where account = ? and external_id = any(?)""",
                row -> {
                    found.put(row.getString("external_id"), known(row));
                },
                account.value(),
                externalIds.toArray(String[]::new));
        return found;
    }

    private static KnownOrder known(ResultSet row) throws SQLException {
        return new KnownOrder(
                row.getObject("id", UUID.class),
                row.getString("external_id"),
                row.getInt("version"),
                instant(row, "updated_at"),
                row.getObject("as_of", OffsetDateTime.class).toInstant(),
                row.getBytes("content_hash"),
                row.getBytes("personal_hash"),
                row.getBoolean("vanished"));
    }

    /** They were seen unchanged; one that was thought to have vanished is there after all, and is looked at again soon. */
    void seen(List<Seen> orders, Instant now) {
        jdbc.batchUpdate("""
                update orders.orders set as_of = ?, gone_at = null, merged_into = null,
                  check_at = case when gone_at is null and merged_into is null then check_at else ? end
                where id = ?""", orders, BATCH, (statement, seen) -> {
            statement.setObject(1, seen.asOf().atOffset(UTC));
            statement.setObject(2, now.atOffset(UTC));
            statement.setObject(3, seen.id());
        });
    }

    record Seen(UUID id, Instant asOf) {}

    void insert(AccountView account, List<SealedVersion> versions, Source source, Instant now) {
        if (versions.isEmpty()) {
            return;
        }
        CopyRows.into(NEW, jdbc, rows -> {
            for (var sealed : versions) {
                var version = sealed.version();
                var order = sealed.order();
                rows.value(sealed.id())
                        .value(account.id().value())
                        .value(account.marketplace().value())
                        .value(order.externalId())
                        .value(order.number())
                        .value(order.status())
                        .value(order.marketplaceStatus())
                        .value(order.placedAt())
                        .value(order.updatedAt())
                        .value(order.asOf())
                        .value(order.total().currency())
                        .value(order.total().amount())
                        .value(order.revision())
                        .value(version.version())
                        .value(SCHEMA_VERSION)
                        .value(sealed.buyer())
                        .value(version.content().hash())
                        .value(sealed.personalHash())
                        .value(version.checkAt())
                        .value(now)
                        .value(source)
                        .value(now)
                        .json(version.content().masked())
                        .end();
            }
        });
        lines.insert(versions);
        words.insert(versions);
    }

    void update(List<SealedVersion> versions, Instant now) {
        if (versions.isEmpty()) {
            return;
        }
        jdbc.batchUpdate("""
                update orders.orders set status = ?, marketplace_status = ?, placed_at = ?, updated_at = ?, as_of = ?,
                  currency = ?, total = ?, revision = ?, version = ?, content_hash = ?, buyer = ?, check_at = ?,
                  changed_at = ?, document = ?::jsonb, number = ?, personal_hash = ?, gone_at = null, merged_into = null
                where id = ?""", versions, BATCH, (statement, version) -> {
            setContent(statement, version, now);
            statement.setObject(17, version.id());
        });
        lines.delete(versions);
        lines.insert(versions);
        words.delete(versions);
        words.insert(versions);
    }

    private static void setContent(PreparedStatement statement, SealedVersion sealed, Instant now) throws SQLException {
        var version = sealed.version();
        var order = sealed.order();
        statement.setString(1, order.status().name());
        statement.setString(2, order.marketplaceStatus());
        statement.setObject(3, order.placedAt().atOffset(UTC));
        setInstant(statement, 4, order.updatedAt());
        statement.setObject(5, order.asOf().atOffset(UTC));
        statement.setString(6, order.total().currency());
        statement.setBigDecimal(7, order.total().amount());
        statement.setString(8, order.revision());
        statement.setInt(9, version.version());
        statement.setBytes(10, version.content().hash());
        statement.setObject(11, sealed.buyer());
        setInstant(statement, 12, version.checkAt());
        statement.setObject(13, now.atOffset(UTC));
        statement.setString(14, new String(version.content().masked(), StandardCharsets.UTF_8));
        statement.setString(15, order.number());
        statement.setBytes(16, sealed.personalHash());
    }

    /** Puts aside what the given versions are about to replace. */
    void keepRevisions(List<OrderVersion> versions, Source source, Instant now) {
        if (versions.isEmpty()) {
            return;
        }
        jdbc.update(
                """
                insert into orders.revisions (order_id, version, status, marketplace_status, updated_at, revision,
                  replaced_at, replaced_by, document)
                select id, version, status, marketplace_status, updated_at, revision, ?, ?, document
                from orders.orders where id = any(?)""",
                now.atOffset(UTC),
                source.name(),
                versions.stream().map(OrderVersion::id).toArray(UUID[]::new));
    }

    static void setInstant(PreparedStatement statement, int index, @Nullable Instant instant) throws SQLException {
        if (instant == null) {
            statement.setNull(index, Types.TIMESTAMP_WITH_TIMEZONE);
        } else {
            statement.setObject(index, instant.atOffset(UTC));
        }
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
