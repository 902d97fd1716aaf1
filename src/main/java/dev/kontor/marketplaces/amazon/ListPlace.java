package dev.kontor.marketplaces.amazon;

import org.jspecify.annotations.Nullable;

import dev.kontor.marketplaces.Cursor;

/**
 * Where a list of orders goes on. Amazon wants to hear the question again with the token, word by word.
 *
 * @param before the end of the period as it was asked for, null where it lay too near to be named
 */
record ListPlace(@Nullable String before, @Nullable String token) {

    static ListPlace of(Cursor cursor) {
        var parts = cursor.value().split("\\|", 2);
        return new ListPlace(parts[0].isEmpty() ? null : parts[0], parts[1]);
    }

    Cursor cursor() {
        return new Cursor((before == null ? "" : before) + "|" + (token == null ? "" : token));
    }
}
