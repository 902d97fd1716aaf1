package dev.kontor.benchmark;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes an archive several times as large by SQL. The copies of an order have other ids, numbers and buyers and were
 * placed seconds apart, so they stand between each other. A word of one buyer or one order alone becomes another word in
 * each copy; a word that several have (names, words of offers) stays, and is found that many times more often.
 */
record Multiplication(Database database) {

    static final String HOW = "imported orders multiplied by SQL: new ids, numbers, buyers and times; words that only "
            + "one buyer has become new words in each copy, words that several have stay; copied personal data cannot "
            + "be opened";

    private static final String TABLES =
            "'orders.orders', 'orders.lines', 'orders.words', 'privacy.buyers', " + "'privacy.deposits'";

    void times(int factor) throws SQLException {
        try (var connection = database.open()) {
            prepare(connection, factor);
            var definitions = dropIndexes(connection);
            copy(connection, "orders.orders", "t.id = m.old", orders());
            copy(connection, "orders.lines", "t.order_id = m.old", Map.of("order_id", "m.fresh"));
            copy(connection, "privacy.deposits", "t.document = m.old", deposits());
            copyWords(connection);
            copyBuyers(connection, factor);
            for (var definition : definitions) {
                execute(connection, definition);
            }
            execute(connection, "drop table benchmark_copies, benchmark_shared");
            execute(connection, "vacuum analyze");
            execute(connection, "checkpoint");
        }
    }

    private static void prepare(Connection connection, int factor) throws SQLException {
        execute(connection, "set work_mem = '256MB'");
        execute(connection, "set maintenance_work_mem = '1GB'");
        execute(
                connection,
                "create unlogged table benchmark_copies as select id as old, uuidv7() as fresh, copy,"
                        + " copy * interval '7 seconds' as shift from (select id, copy from orders.orders,"
                        + " generate_series(1, " + (factor - 1) + ") as copy order by placed_at, copy) as ordered");
        execute(
                connection,
                "create unlogged table benchmark_shared as select word from orders.words w"
                        + " join orders.orders o on o.id = w.order_id group by word having count(distinct o.buyer) > 1");
        execute(connection, "analyze benchmark_copies, benchmark_shared");
    }

    private static Map<String, String> orders() {
        var changed = new LinkedHashMap<String, String>();
        changed.put("id", "m.fresh");
        changed.put("external_id", "t.external_id || '-' || m.copy");
        changed.put("placed_at", "t.placed_at + m.shift");
        changed.put("buyer", other("t.buyer", "m.copy"));
        return changed;
    }

    private static Map<String, String> deposits() {
        return Map.of("document", "m.fresh", "buyer", other("t.buyer", "m.copy"));
    }

    private static String other(String id, String copy) {
        return "md5(" + id + "::text || " + copy + ")::uuid";
    }

    private static void copyWords(Connection connection) throws SQLException {
        execute(connection, """
                insert into orders.words (word, placed_at, order_id, personal)
                select case when s.word is null then hashint8extended(t.word, m.copy) else t.word end,
                  t.placed_at + m.shift, m.fresh, t.personal
                from orders.words t join benchmark_copies m on t.order_id = m.old
                left join benchmark_shared s on s.word = t.word""");
    }

    private static void copyBuyers(Connection connection, int factor) throws SQLException {
        execute(
                connection,
                "insert into privacy.buyers (id, account, reference, leaf, created_at, relevant_at, state)"
                        + " select " + other("id", "copy") + ", account, " + other("reference", "copy")
                        + ", leaf + copy * 10000000::bigint, created_at, relevant_at, state"
                        + " from privacy.buyers, generate_series(1, " + (factor - 1) + ") as copy");
    }

    private static void copy(Connection connection, String table, String join, Map<String, String> changed)
            throws SQLException {
        var columns = texts(connection, """
                select attname from pg_attribute
                where attrelid = '%s'::regclass and attnum > 0 and not attisdropped order by attnum""".formatted(table));
        var values =
                columns.stream().map(it -> changed.getOrDefault(it, "t." + it)).toList();
        execute(
                connection,
                "insert into " + table + " (" + String.join(", ", columns) + ") select "
                        + String.join(", ", values) + " from " + table + " t join benchmark_copies m on " + join
                        + " order by m.fresh");
    }

    /** @return how to make them again, keys first */
    private static List<String> dropIndexes(Connection connection) throws SQLException {
        var constraints = """
                from pg_constraint c where contype in ('p', 'u', 'f')
                  and (conrelid in (%1$s) or confrelid in (%1$s))""".formatted(regclasses());
        var again = new ArrayList<>(texts(connection, """
                select format('alter table %s add constraint %I %s', conrelid::regclass, conname,
                  pg_get_constraintdef(oid)) """ + constraints + " order by contype <> 'p', contype <> 'u'"));
        var plain = "from pg_index i where indrelid in (" + regclasses()
                + ") and not exists (select from pg_constraint c where c.conindid = i.indexrelid)";
        again.addAll(texts(connection, "select pg_get_indexdef(indexrelid) " + plain));
        var drops = new ArrayList<>(texts(connection, "select format('drop index %s', indexrelid::regclass) " + plain));
        drops.addAll(texts(connection, """
                select format('alter table %s drop constraint %I', conrelid::regclass, conname) """ + constraints + " order by contype <> 'f'"));
        for (var drop : drops) {
            execute(connection, drop);
        }
        return again;
    }

    private static String regclasses() {
        return TABLES.replace("',", "'::regclass,") + "::regclass";
    }

    private static List<String> texts(Connection connection, String query) throws SQLException {
        var texts = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
