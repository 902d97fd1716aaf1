package dev.kontor.marketplaces.wix;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.kontor.marketplaces.Cursor;

/**
 * How far a search was read.
 *
 * @param reached the time of the newest order seen, null before the first
 * @param further Wix's cursor to the next page, null where a search begins. Nobody says how long it lives, so what was
 *     reached must do without it.
 */
record SearchPlace(@Nullable Instant reached, @Nullable String further) {

    static final SearchPlace START = new SearchPlace(null, null);

    static SearchPlace of(@Nullable Cursor cursor) {
        if (cursor == null) {
            return START;
        }
        var separator = cursor.value().indexOf('|');
        var reached = cursor.value().substring(0, separator);
        var further = cursor.value().substring(separator + 1);
        return new SearchPlace(reached.isEmpty() ? null : Instant.parse(reached), further.isEmpty() ? null : further);
    }

    SearchPlace after(@Nullable Instant newest, @Nullable String next) {
        var later = newest != null && (reached == null || newest.isAfter(reached)) ? newest : reached;
        return new SearchPlace(later, next);
    }

    SearchPlace withoutCursor() {
        return new SearchPlace(reached, null);
    }

    /** Null where there is nothing to go on from. */
    @Nullable
    Cursor cursor() {
        return reached == null && further == null
                ? null
                : new Cursor((reached == null ? "" : OrderSearch.TIME.format(reached)) + "|"
                        + (further == null ? "" : further));
    }
}
