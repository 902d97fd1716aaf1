package dev.kontor.access;

import java.util.function.UnaryOperator;

/**
 * A column that holds what the key set for credentials sealed. Whoever has one declares it as a bean: a rotation seals it
 * again, and no key is removed that one of them still needs.
 *
 * @param table with its schema
 * @param key the column that tells one row from another
 * @param column bytes, or null where there is nothing
 * @param where which rows are meant, in SQL
 * @param context under which a row's bytes were sealed, by the text of its key
 */
public record SealedColumn(String table, String key, String column, String where, UnaryOperator<String> context) {

    public SealedColumn(String table, String key, String column, UnaryOperator<String> context) {
        this(table, key, column, "true", context);
    }

    /** By which people know it. */
    public String name() {
        return table + "." + column;
    }
}
