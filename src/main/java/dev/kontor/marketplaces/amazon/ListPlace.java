package dev.kontor.marketplaces.amazon;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.kontor.marketplaces.Cursor;

/**
 * Where a list of orders goes on. Amazon wants to hear the question again with the token, word by word, and forgets a
 * token after a day.
 *
 * @param from the beginning as it was asked for
 * @param before the end as it was asked for, null where it lay too near to be named
 * @param reached up to where the list has been read, null unless every page so far began where the one before ended:
 *     nobody promises an order, and where one was seen it saves the searches of years
 */
record ListPlace(
        Instant from,
        @Nullable String before,
        @Nullable Instant reached,
        @Nullable String token) {

    static ListPlace start(Instant from, @Nullable String before) {
        return new ListPlace(from, before, from, null);
    }

    static ListPlace of(Cursor cursor) {
        var parts = cursor.value().split("\\|", 4);
        return new ListPlace(
                Instant.parse(parts[0]),
                parts[1].isEmpty() ? null : parts[1],
                parts[2].isEmpty() ? null : Instant.parse(parts[2]),
                parts[3]);
    }

    /** @param placed when the orders of the page were placed, in its order */
    ListPlace after(List<Instant> placed, String next) {
        var newest = reached;
        for (var at : placed) {
            newest = newest == null || at.isBefore(newest) ? null : at;
        }
        return new ListPlace(from, before, newest, next);
    }

    Cursor cursor() {
        return new Cursor(String.join(
                "|",
                from.toString(),
                before == null ? "" : before,
                reached == null ? "" : reached.toString(),
                token == null ? "" : token));
    }
}
