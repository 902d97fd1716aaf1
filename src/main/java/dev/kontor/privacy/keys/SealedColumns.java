package dev.kontor.privacy.keys;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import dev.kontor.access.SealedColumn;
import dev.kontor.privacy.Cipher;

/** What lies sealed in the tables: which key it needs, and how it gets under the one in use. */
@Repository
public class SealedColumns {

    private static final Logger log = LoggerFactory.getLogger(SealedColumns.class);
    private static final int BATCH = 100;

    private final JdbcClient jdbc;
    private final Cipher cipher;

    public SealedColumns(JdbcClient jdbc, Cipher cipher) {
        this.jdbc = jdbc;
        this.cipher = cipher;
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Row(String key, byte[] sealed) {}

    /** How much of the column each key still opens; Tink writes a key's id in front of what it sealed. */
    Map<Integer, Long> uses(SealedColumn column) {
        var uses = new TreeMap<Integer, Long>();
        jdbc.sql("""
                        select substring(%1$s from 1 for 5) as head, count(*) as uses from %2$s
                        where %1$s is not null and %3$s group by head""".formatted(column.column(), column.table(), column.where())).query(row -> {
            uses.merge(CredentialKeys.keyOf(row.getBytes("head")), row.getLong("uses"), Long::sum);
        });
        return uses;
    }

    /**
     * Seals again, row by row, what an older key sealed. What somebody else changes meanwhile is left alone, for it is
     * under the new key by that; so any number of instances may do this at once, and whoever is cut off loses nothing.
     */
    public int sealAgain(SealedColumn column) {
        var changed = 0;
        var rows = after(column, "");
        while (!rows.isEmpty()) {
            for (var row : rows) {
                changed += cipher.isOutdated(row.sealed()) ? sealAgain(column, row) : 0;
            }
            rows = after(column, rows.getLast().key());
        }
        return changed;
    }

    private int sealAgain(SealedColumn column, Row row) {
        var context = column.context().apply(row.key());
        try {
            var resealed = cipher.encrypt(cipher.decrypt(row.sealed(), context), context);
            return jdbc.sql("update %1$s set %2$s = :resealed where %3$s::text = :key and %2$s = :sealed"
                            .formatted(column.table(), column.column(), column.key()))
                    .param("resealed", resealed)
                    .param("key", row.key())
                    .param("sealed", row.sealed())
                    .update();
        } catch (IllegalStateException e) {
            log.error("{} of {} cannot be opened, and keeps the key that it needs", column.name(), row.key());
            return 0;
        }
    }

    private List<Row> after(SealedColumn column, String key) {
        return jdbc.sql("""
                        select %1$s::text as key, %2$s as sealed from %3$s
                        where %1$s::text collate "C" > :key and %2$s is not null and %4$s
                        order by %1$s::text collate "C" limit :limit""".formatted(column.key(), column.column(), column.table(), column.where()))
                .param("key", key)
                .param("limit", BATCH)
                .query((row, _) -> new Row(row.getString("key"), row.getBytes("sealed")))
                .list();
    }
}
