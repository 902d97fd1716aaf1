package dev.kontor.privacy.vault;

import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

import dev.kontor.privacy.BuyerId;
import dev.kontor.privacy.vault.Holders.Holder;

/** The encrypted documents, and a tombstone for each that was erased. */
@Repository
class Deposits {

    private final JdbcTemplate jdbc;

    Deposits(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** @param ciphertext null makes it a tombstone */
    @SuppressWarnings("ArrayRecordComponent")
    record Row(UUID document, int version, BuyerId buyer, byte @Nullable [] ciphertext) {}

    @SuppressWarnings("ArrayRecordComponent")
    record Sealed(UUID document, int version, long leaf, byte[] ciphertext) {}

    /** Which of the documents were erased, and of whom they were. */
    Map<UUID, BuyerId> erased(Collection<UUID> documents) {
        var erased = new HashMap<UUID, BuyerId>();
        jdbc.query(
                "select document, buyer from privacy.deposits where document = any(?) and ciphertext is null"
                        + " order by version desc",
                statement ->
                        statement.setArray(1, statement.getConnection().createArrayOf("uuid", documents.toArray())),
                row -> {
                    erased.putIfAbsent(
                            row.getObject("document", UUID.class), new BuyerId(row.getObject("buyer", UUID.class)));
                });
        return erased;
    }

    /** Whose the documents are, by their newest version. */
    Map<UUID, Holder> holders(Collection<UUID> documents) {
        var holders = new HashMap<UUID, Holder>();
        jdbc.query(
                "select d.document, b.account, b.reference from privacy.deposits d join privacy.buyers b on b.id = d.buyer"
                        + " where d.document = any(?) and b.state = 'ACTIVE' order by d.version desc",
                statement ->
                        statement.setArray(1, statement.getConnection().createArrayOf("uuid", documents.toArray())),
                row -> {
                    holders.putIfAbsent(
                            row.getObject("document", UUID.class),
                            new Holder(row.getObject("account", UUID.class), row.getObject("reference", UUID.class)));
                });
        return holders;
    }

    void store(List<Row> rows) {
        jdbc.update("""
                insert into privacy.deposits as d (document, version, buyer, ciphertext)
                select document, version, buyer, ciphertext
                from unnest(?, ?, ?, ?) as given (document, version, buyer, ciphertext)
                order by document, version
                on conflict (document, version) do update set buyer = excluded.buyer, ciphertext = excluded.ciphertext
                where d.ciphertext is not null
                """, statement -> {
            var connection = statement.getConnection();
            statement.setArray(1, array(connection, "uuid", rows, Row::document));
            statement.setArray(2, array(connection, "int", rows, Row::version));
            statement.setArray(
                    3, array(connection, "uuid", rows, it -> it.buyer().value()));
            statement.setArray(
                    4,
                    connection.createArrayOf(
                            "bytea", rows.stream().map(Row::ciphertext).toArray(byte[][]::new)));
        });
    }

    /** A tombstone stays one. */
    void reseal(UUID document, int version, byte[] ciphertext) {
        jdbc.update(
                "update privacy.deposits set ciphertext = ? where document = ? and version = ? and ciphertext is not null",
                ciphertext,
                document,
                version);
    }

    /** Tombstones stay. In one order for everybody, so that two withdrawals do not block each other for ever. */
    void withdraw(Collection<UUID> documents) {
        jdbc.update(
                """
                with doomed as (
                  select document, version from privacy.deposits where document = any(?) and ciphertext is not null
                  order by document, version for update)
                delete from privacy.deposits d using doomed
                where d.document = doomed.document and d.version = doomed.version and d.ciphertext is not null
                """,
                statement ->
                        statement.setArray(1, statement.getConnection().createArrayOf("uuid", documents.toArray())));
    }

    List<Sealed> sealed(Map<UUID, Integer> versions) {
        var keys = List.copyOf(versions.entrySet());
        return jdbc.query(
                """
                select d.document, d.version, b.leaf, d.ciphertext
                from unnest(?, ?) as wanted (document, version)
                join privacy.deposits d on d.document = wanted.document and d.version = wanted.version
                join privacy.buyers b on b.id = d.buyer
                where d.ciphertext is not null and b.state = 'ACTIVE'
                """,
                statement -> {
                    var connection = statement.getConnection();
                    statement.setArray(1, array(connection, "uuid", keys, Map.Entry::getKey));
                    statement.setArray(2, array(connection, "int", keys, Map.Entry::getValue));
                },
                Deposits::sealed);
    }

    List<UUID> documents(BuyerId buyer, UUID after, int most) {
        return jdbc.query(
                "select distinct document from privacy.deposits where buyer = ? and document > ? order by document limit ?",
                (row, _) -> row.getObject("document", UUID.class),
                buyer.value(),
                after,
                most);
    }

    /** A page of what can still be opened of one buyer, behind a version of a document. */
    List<Sealed> page(BuyerId buyer, UUID document, int version, int most) {
        return jdbc.query("""
                select d.document, d.version, b.leaf, d.ciphertext
                from privacy.deposits d join privacy.buyers b on b.id = d.buyer
                where d.buyer = ? and (d.document, d.version) > (?, ?) and d.ciphertext is not null
                  and b.state = 'ACTIVE'
                order by d.document, d.version limit ?""", Deposits::sealed, buyer.value(), document, version, most);
    }

    private static <T> Array array(Connection connection, String type, List<T> elements, Function<T, Object> value)
            throws SQLException {
        return connection.createArrayOf(type, elements.stream().map(value).toArray());
    }

    private static Sealed sealed(ResultSet row, int index) throws SQLException {
        return new Sealed(
                row.getObject("document", UUID.class),
                row.getInt("version"),
                row.getLong("leaf"),
                row.getBytes("ciphertext"));
    }
}
