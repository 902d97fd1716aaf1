package dev.kontor.marketplaces.amazon;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.kontor.marketplaces.Cursor;

/**
 * How far changes were followed.
 *
 * @param reached the newest change of the searches that were read to their end, null before the first
 * @param search one that goes on, null between two
 * @param told the notifications that the page before told of, null where there were none
 */
record ChangePlace(
        @Nullable Instant reached,
        @Nullable Further search,
        @Nullable String told) {

    static final ChangePlace START = new ChangePlace(null, null, null);

    /**
     * A search that Amazon told in pages. It wants to hear the question again with each token, and tells in no known
     * order, so what is reached shows at the end.
     *
     * @param newest seen so far
     */
    record Further(Instant from, @Nullable Instant newest, String token) {}

    static ChangePlace of(@Nullable Cursor cursor) {
        if (cursor == null) {
            return START;
        }
        var parts = cursor.value().split("\\|", 5);
        var from = instant(parts[1]);
        return new ChangePlace(
                instant(parts[0]),
                from == null ? null : new Further(from, instant(parts[2]), parts[4]),
                parts[3].isEmpty() ? null : parts[3]);
    }

    private static @Nullable Instant instant(String text) {
        return text.isEmpty() ? null : Instant.parse(text);
    }

    ChangePlace reaching(@Nullable Instant newest) {
        return new ChangePlace(later(reached, newest), null, told);
    }

    ChangePlace goingOn(Further further) {
        return new ChangePlace(reached, further, told);
    }

    ChangePlace withoutSearch() {
        return new ChangePlace(reached, null, told);
    }

    ChangePlace telling(@Nullable String notifications) {
        return new ChangePlace(reached, search, notifications);
    }

    static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
        return one == null || (other != null && other.isAfter(one)) ? other : one;
    }

    /** Null where there is nothing to go on from. */
    @Nullable
    Cursor cursor() {
        if (equals(START)) {
            return null;
        }
        return new Cursor(String.join(
                "|",
                text(reached),
                search == null ? "" : text(search.from()),
                search == null ? "" : text(search.newest()),
                told == null ? "" : told,
                search == null ? "" : search.token()));
    }

    private static String text(@Nullable Instant instant) {
        return instant == null ? "" : instant.toString();
    }
}
