package dev.kontor.marketplaces.amazon;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.kontor.marketplaces.Cursor;

/**
 * Where the list of listings goes on. However many there are, Amazon pages through a thousand only, so that those made
 * later are asked for anew, from an instant on.
 *
 * @param from made then or later; null at the beginning
 * @param passed how many were told since
 * @param token of the next page, null for a first one
 */
record ListingPosition(
        @Nullable Instant from, long passed, @Nullable String token) {

    static final ListingPosition START = new ListingPosition(null, 0, null);

    static ListingPosition of(Cursor cursor) {
        var parts = cursor.value().split("\\|", 3);
        return new ListingPosition(
                parts[0].isEmpty() ? null : Instant.parse(parts[0]),
                Long.parseLong(parts[1]),
                parts[2].isEmpty() ? null : parts[2]);
    }

    Cursor cursor() {
        return new Cursor((from == null ? "" : from) + "|" + passed + "|" + (token == null ? "" : token));
    }

    ListingPosition page(int size, String next) {
        return new ListingPosition(from, passed + size, next);
    }

    boolean advancesTo(@Nullable Instant last) {
        return last != null && (from == null || last.isAfter(from));
    }
}
