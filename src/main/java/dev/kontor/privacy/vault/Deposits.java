package dev.kontor.privacy.vault;

import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
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

    /** @param tree the number of the tree that the key comes from */
    @SuppressWarnings("ArrayRecordComponent")
    record Sealed(UUID document, int version, int tree, long leaf, byte[] ciphertext) {}

    /** What is to take the place of a version as it was read. */
    @SuppressWarnings("ArrayRecordComponent")
    record Resealed(Sealed former, byte[] ciphertext) {}

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

    /** @param tree under which all of them are */
    void store(List<Row> rows, int tree) {
        jdbc.update("""
                insert into privacy.deposits as d (document, version, buyer, ciphertext, tree)
                select document, version, buyer, ciphertext, ?
                from unnest(?, ?, ?, ?) as given (document, version, buyer, ciphertext)
                order by document, version
                on conflict (document, version) do update
                set buyer = excluded.buyer, ciphertext = excluded.ciphertext, tree = excluded.tree
                where d.ciphertext is not null
                """, statement -> {
            var connection = statement.getConnection();
            statement.setInt(1, tree);
            statement.setArray(2, array(connection, "uuid", rows, Row::document));
            statement.setArray(3, array(connection, "int", rows, Row::version));
            statement.setArray(
                    4, array(connection, "uuid", rows, it -> it.buyer().value()));
            statement.setArray(
                    5,
                    connection.createArrayOf(
                            "bytea", rows.stream().map(Row::ciphertext).toArray(byte[][]::new)));
        });
    }

    /** Until the end of the transaction nobody else changes it. */
    void hold(UUID document, int version) {
        jdbc.query(
                "select from privacy.deposits where document = ? and version = ? for update",
                row -> {},
                document,
                version);
    }

    /** A tombstone stays one. */
    void reseal(UUID document, int version, byte[] ciphertext, int tree) {
        jdbc.update(
                "update privacy.deposits set ciphertext = ?, tree = ?"
                        + " where document = ? and version = ? and ciphertext is not null",
                ciphertext,
                tree,
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
                select d.document, d.version, d.tree, b.leaf, d.ciphertext
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
                select d.document, d.version, d.tree, b.leaf, d.ciphertext
                from privacy.deposits d join privacy.buyers b on b.id = d.buyer
                where d.buyer = ? and (d.document, d.version) > (?, ?) and d.ciphertext is not null
                  and b.state = 'ACTIVE'
                order by d.document, d.version limit ?""", Deposits::sealed, buyer.value(), document, version, most);
    }

    /**
     * A page of what lies under older trees, behind a version of a document, and holds it. What somebody else holds is
     * left out and not waited for: so nobody who changes many documents in another order is in the way for ever.
     */
    List<Sealed> older(int tree, UUID document, int version, int most) {
        return jdbc.query("""
                select d.document, d.version, d.tree, b.leaf, d.ciphertext
                from privacy.deposits d join privacy.buyers b on b.id = d.buyer
                where (d.document, d.version) > (?, ?) and d.tree < ? and d.ciphertext is not null
                  and b.state = 'ACTIVE'
                order by d.document, d.version limit ? for update of d skip locked""", Deposits::sealed, document, version, tree, most);
    }

    /** Each only if it is still what was read. */
    int move(List<Resealed> rows, int tree) {
        return jdbc.update("""
                update privacy.deposits d set ciphertext = given.ciphertext, tree = ?
                from unnest(?, ?, ?, ?) as given (document, version, former, ciphertext)
                where d.document = given.document and d.version = given.version and d.ciphertext = given.former
                """, statement -> {
            var connection = statement.getConnection();
            statement.setInt(1, tree);
            statement.setArray(
                    2, array(connection, "uuid", rows, it -> it.former().document()));
            statement.setArray(
                    3, array(connection, "int", rows, it -> it.former().version()));
            statement.setArray(
                    4,
                    connection.createArrayOf(
                            "bytea",
                            rows.stream().map(it -> it.former().ciphertext()).toArray(byte[][]::new)));
            statement.setArray(
                    5,
                    connection.createArrayOf(
                            "bytea", rows.stream().map(Resealed::ciphertext).toArray(byte[][]::new)));
        });
    }

    /** How much lies under which tree. */
    NavigableMap<Integer, Long> byTree() {
        var counts = new TreeMap<Integer, Long>();
        jdbc.query(
                "select tree, count(*) as deposits from privacy.deposits where ciphertext is not null group by tree",
                row -> {
                    counts.put(row.getInt("tree"), row.getLong("deposits"));
                });
        return counts;
    }

    private static <T> Array array(Connection connection, String type, List<T> elements, Function<T, Object> value)
            throws SQLException {
        return connection.createArrayOf(type, elements.stream().map(value).toArray());
    }

    private static Sealed sealed(ResultSet row, int index) throws SQLException {
        return new Sealed(
                row.getObject("document", UUID.class),
                row.getInt("version"),
                row.getInt("tree"),
                row.getLong("leaf"),
                row.getBytes("ciphertext"));
    }
}
