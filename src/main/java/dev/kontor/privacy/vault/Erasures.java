package dev.kontor.privacy.vault;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

import dev.kontor.privacy.vault.ErasureProof.Reason;

/** The way of a buyer from ACTIVE by ERASING to ERASED, as the database sees it. */
@Repository
class Erasures {

    /** Later than anybody can have been relevant. */
    static final Instant EVER = Instant.parse("9999-12-31T00:00:00Z");

    private static final long LOCK = 0x6b6f6e746f720002L;

    private final JdbcTemplate jdbc;
    private final ErasureProofs proofs;

    Erasures(JdbcTemplate jdbc, ErasureProofs proofs) {
        this.jdbc = jdbc;
        this.proofs = proofs;
    }

    record Pending(UUID id, long leaf) {}

    /** Until the transaction ends nobody else touches the tree, in whatever instance. */
    void lock() {
        jdbc.query("select pg_advisory_xact_lock(" + LOCK + ")", row -> {});
    }

    /**
     * Decides the erasure of those who were not relevant since {@code before}, and deletes what is encrypted. Not one
     * statement: the later ones must see what was deposited while the first waited.
     */
    List<UUID> condemn(Collection<UUID> buyers, Instant before, Reason reason) {
        var condemned = jdbc.query(
                """
                with doomed as (
                  select id from privacy.buyers where id = any(?) and state = 'ACTIVE' and relevant_at < ?
                  order by account, reference for update)
                update privacy.buyers b set state = 'ERASING' from doomed where b.id = doomed.id returning b.id
                """,
                statement -> {
                    statement.setArray(1, statement.getConnection().createArrayOf("uuid", buyers.toArray()));
                    statement.setObject(2, OffsetDateTime.ofInstant(before, ZoneOffset.UTC));
                },
                (row, index) -> row.getObject("id", UUID.class));
        proofs.begin(condemned, reason);
        withIds(
                "update privacy.deposits set ciphertext = null where buyer = any(?) and ciphertext is not null",
                condemned);
        return condemned;
    }

    List<Pending> pending(int limit) {
        return jdbc.query(
                "select id, leaf from privacy.buyers where state = 'ERASING' order by leaf limit ?",
                Erasures::pending,
                limit);
    }

    /** The last trace by which he could be recognized goes, too. */
    void complete(Collection<UUID> buyers, Instant at) {
        jdbc.update(
                "update privacy.buyers set state = 'ERASED', reference = null, erased_at = ? where id = any(?)",
                statement -> {
                    statement.setObject(1, OffsetDateTime.ofInstant(at, ZoneOffset.UTC));
                    statement.setArray(2, statement.getConnection().createArrayOf("uuid", buyers.toArray()));
                });
    }

    /** The nearest active buyer before a leaf and not before another one. */
    Optional<Long> survivorBefore(long leaf, long first) {
        return one(
                "select max(leaf) from privacy.buyers where leaf < ? and leaf >= ? and state = 'ACTIVE'", leaf, first);
    }

    /** The nearest active buyer behind a leaf and not behind another one. */
    Optional<Long> survivorAfter(long leaf, long last) {
        return one(
                "select min(leaf) from privacy.buyers where leaf > ? and leaf <= ? and state = 'ACTIVE'", leaf, last);
    }

    private Optional<Long> one(String sql, long leaf, long bound) {
        return jdbc.query(sql, (row, _) -> Optional.ofNullable(row.getObject(1, Long.class)), leaf, bound)
                .getFirst();
    }

    /** A page of the buyers in one state, by leaf. */
    List<Pending> page(String state, long after, int limit) {
        return jdbc.query(
                "select id, leaf from privacy.buyers where leaf > ? and state = ? order by leaf limit ?",
                Erasures::pending,
                after,
                state,
                limit);
    }

    /** A page of the active buyers on a shelf who were not relevant since {@code before}, by leaf. */
    List<Pending> outdated(long after, long last, Instant before, int limit) {
        return jdbc.query(
                "select id, leaf from privacy.buyers where leaf > ? and leaf <= ? and state = 'ACTIVE'"
                        + " and relevant_at < ? order by leaf limit ?",
                Erasures::pending,
                after,
                last,
                OffsetDateTime.ofInstant(before, ZoneOffset.UTC),
                limit);
    }

    /** Since when he has not been relevant who should have been forgotten first, if anybody should. */
    Optional<Instant> longestKept(long after, long last, Instant before) {
        return jdbc.query(
                        "select min(relevant_at) as since from privacy.buyers where leaf > ? and leaf <= ?"
                                + " and state = 'ACTIVE' and relevant_at < ?",
                        (row, _) -> Optional.ofNullable(row.getObject("since", OffsetDateTime.class)),
                        after,
                        last,
                        OffsetDateTime.ofInstant(before, ZoneOffset.UTC))
                .getFirst()
                .map(OffsetDateTime::toInstant);
    }

    private void withIds(String sql, Collection<UUID> ids) {
        jdbc.update(
                sql,
                statement -> statement.setArray(1, statement.getConnection().createArrayOf("uuid", ids.toArray())));
    }

    private static Pending pending(ResultSet row, int index) throws SQLException {
        return new Pending(row.getObject("id", UUID.class), row.getLong("leaf"));
    }
}
