package dev.kontor.privacy.vault;

import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

import dev.kontor.privacy.BuyerId;

/** The buyers who have a key. */
@Repository
class Buyers {

    private final JdbcTemplate jdbc;
    private final Clock clock;

    Buyers(JdbcTemplate jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** A buyer that somebody needs; {@code place} is the first leaf of the day he is put on if he is new. */
    record Claim(UUID proposed, UUID account, UUID reference, long place, Instant relevantAt) {}

    record Claimed(BuyerId id, UUID account, UUID reference, long leaf, Instant relevantAt) {}

    /**
     * Finds or makes all of them, and holds them until the transaction ends: none of them is erased meanwhile. In one
     * order for everybody, so that two batches with the same buyers do not block each other for ever.
     */
    List<Claimed> claim(List<Claim> claims) {
        return jdbc.query(
                """
                insert into privacy.buyers as b (id, account, reference, leaf, created_at, relevant_at, state)
                select id, account, reference, place + nextval('privacy.leaf_serials'), ?, relevant_at, 'ACTIVE'
                from unnest(?, ?, ?, ?, ?) as wanted (id, account, reference, place, relevant_at)
                order by account, reference
                on conflict (account, reference) where state = 'ACTIVE'
                do update set relevant_at = greatest(b.relevant_at, excluded.relevant_at)
                returning id, account, reference, leaf, relevant_at
                """,
                statement -> {
                    var connection = statement.getConnection();
                    statement.setObject(1, OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC));
                    statement.setArray(2, array(connection, "uuid", claims, Claim::proposed));
                    statement.setArray(3, array(connection, "uuid", claims, Claim::account));
                    statement.setArray(4, array(connection, "uuid", claims, Claim::reference));
                    statement.setArray(5, array(connection, "bigint", claims, Claim::place));
                    statement.setArray(
                            6,
                            array(
                                    connection,
                                    "timestamptz",
                                    claims,
                                    it -> it.relevantAt().toString()));
                },
                Buyers::claimed);
    }

    /** Those of them who turned out to be needed by nobody. */
    void discardWithoutDeposits(Collection<UUID> ids) {
        jdbc.update(
                "delete from privacy.buyers b where id = any(?)"
                        + " and not exists (select from privacy.deposits d where d.buyer = b.id)",
                statement -> statement.setArray(1, statement.getConnection().createArrayOf("uuid", ids.toArray())));
    }

    private static <T> Array array(Connection connection, String type, List<T> elements, Function<T, Object> value)
            throws SQLException {
        return connection.createArrayOf(type, elements.stream().map(value).toArray());
    }

    private static Claimed claimed(ResultSet row, int index) throws SQLException {
        return new Claimed(
                new BuyerId(row.getObject("id", UUID.class)),
                row.getObject("account", UUID.class),
                row.getObject("reference", UUID.class),
                row.getLong("leaf"),
                row.getObject("relevant_at", OffsetDateTime.class).toInstant());
    }
}
