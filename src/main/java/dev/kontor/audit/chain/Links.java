package dev.kontor.audit.chain;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

import dev.kontor.audit.entries.AuditEntries;
import dev.kontor.audit.entries.AuditEntry;

import static java.time.ZoneOffset.UTC;

/** The chain as rows. */
@Repository
public class Links {

    private static final long LOCK = 0x6b6f6e746f720031L;
    private static final int FETCHED = 1_000;

    private static final String UNSEALED = "not exists (select from audit.links l where l.entry = e.id)";

    private final JdbcTemplate jdbc;

    Links(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** One link. */
    record Link(long sequence, UUID entry, Instant sealedAt, byte[] hash) {}

    /** An entry as it is stored, with the hash that was stored beside it. */
    record Stored(AuditEntry entry, byte[] mac) {

        static Stored read(ResultSet row) throws SQLException {
            return new Stored(AuditEntries.read(row), row.getBytes("mac"));
        }
    }

    /** A stored entry that no link is about, and where it stands among those. */
    record Unsealed(String transaction, long number, Stored stored) {}

    /** A link and its entry, null where it is missing. */
    record Linked(Link link, @Nullable Stored stored) {}

    /** Until the transaction ends nobody else seals; false where somebody does already. */
    boolean lock() {
        return Boolean.TRUE.equals(
                jdbc.queryForObject("select pg_try_advisory_xact_lock(" + LOCK + ")", Boolean.class));
    }

    /** Every transaction before this one has ended: whatever it has written can be seen from now on. */
    String horizon() {
        return String.valueOf(
                jdbc.queryForObject("select pg_snapshot_xmin(pg_current_snapshot())::text", String.class));
    }

    @Nullable
    Link last() {
        return jdbc.query("select * from audit.links order by sequence desc limit 1", (row, _) -> link(row)).stream()
                .findFirst()
                .orElse(null);
    }

    /**
     * Those that can be seen, from a transaction on and behind a place in it.
     *
     * @param all also those that were restored from a copy, which may seem to be of transactions that are still to come
     */
    List<Unsealed> unsealed(String transaction, long number, boolean all, int limit) {
        var begun = all ? "" : "transaction < pg_snapshot_xmax(pg_current_snapshot()) and ";
        return jdbc.query(
                "select * from audit.entries e where (transaction, number) > (?::xid8, ?) and " + begun + UNSEALED
                        + " order by transaction, number limit ?",
                (row, _) -> new Unsealed(row.getString("transaction"), row.getLong("number"), Stored.read(row)),
                transaction,
                number,
                limit);
    }

    void add(Collection<Link> links) {
        jdbc.update("""
                insert into audit.links (sequence, entry, sealed_at, hash)
                select * from unnest(?::bigint[], ?::uuid[], ?::timestamptz[], ?::bytea[])""", statement -> {
            array(statement, 1, "bigint", links.stream().map(Link::sequence).toArray());
            array(statement, 2, "uuid", links.stream().map(Link::entry).toArray());
            array(
                    statement,
                    3,
                    "timestamptz",
                    links.stream()
                            .map(link -> link.sealedAt().atOffset(UTC).toString())
                            .toArray());
            array(statement, 4, "bytea", links.stream().map(Link::hash).toArray(byte[][]::new));
        });
    }

    /** In the order of the chain, a portion of them in memory at a time; inside a transaction. */
    void eachLinked(Consumer<Linked> consumer) {
        each("""
                select l.sequence, l.entry, l.sealed_at, l.hash, e.* from audit.links l
                left join audit.entries e on e.id = l.entry order by l.sequence""", row -> consumer.accept(new Linked(link(row), row.getObject("id") == null ? null : Stored.read(row))));
    }

    void eachUnsealed(Consumer<Stored> consumer) {
        each(
                "select * from audit.entries e where " + UNSEALED + " order by number",
                row -> consumer.accept(Stored.read(row)));
    }

    private interface Row {
        void take(ResultSet row) throws SQLException;
    }

    private void each(String sql, Row reader) {
        jdbc.query(
                connection -> {
                    var statement = connection.prepareStatement(sql);
                    statement.setFetchSize(FETCHED); // without one, and outside of a transaction, all is in memory
                    return statement;
                },
                (ResultSet row) -> reader.take(row));
    }

    private static void array(PreparedStatement statement, int index, String type, Object[] values)
            throws SQLException {
        statement.setArray(index, statement.getConnection().createArrayOf(type, values));
    }

    private static Link link(ResultSet row) throws SQLException {
        return new Link(
                row.getLong("sequence"),
                row.getObject("entry", UUID.class),
                row.getObject("sealed_at", OffsetDateTime.class).toInstant(),
                row.getBytes("hash"));
    }
}
