package dev.kontor.marketplaces.allegro;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

import dev.kontor.marketplaces.Cursor;
import dev.kontor.marketplaces.Period;

/**
 * Where a list of orders goes on: at an instant, not at a row number, so that orders which vanish from the list shift
 * nothing and no list gets too long for Allegro's highest offset.
 *
 * @param from bought then or later
 * @param offset how many of these are passed over; not 0 only while one instant fills more than a page
 */
record ListPosition(Instant from, int offset) {

    /** Offset and limit together may not be more. */
    private static final int REACH = 10_000;

    private static final int LARGEST_PAGE = 100;

    static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    static ListPosition start(Period period) {
        return new ListPosition(atOrAfter(period.from()), 0);
    }

    static ListPosition of(Cursor cursor) {
        var separator = cursor.value().indexOf('|');
        return new ListPosition(
                Instant.parse(cursor.value().substring(0, separator)),
                Integer.parseInt(cursor.value().substring(separator + 1)));
    }

    Cursor cursor() {
        return new Cursor(TIME.format(from) + "|" + offset);
    }

    /** After a page of {@code size} records, the newest of which was bought at {@code newest}. */
    ListPosition after(int size, Instant newest) {
        if (newest.isAfter(from)) {
            return new ListPosition(newest, 0);
        }
        var next = offset + size;
        return next + LARGEST_PAGE > REACH
                ? new ListPosition(from.plusMillis(1), 0) // the rest of this instant is out of reach for ever
                : new ListPosition(from, next);
    }

    /** Allegro knows milliseconds, and its upper bound is inclusive. */
    static String lastBefore(Instant end) {
        return TIME.format(atOrAfter(end).minusMillis(1));
    }

    String firstAt() {
        return TIME.format(from);
    }

    private static Instant atOrAfter(Instant instant) {
        var milliseconds = Instant.ofEpochMilli(instant.toEpochMilli());
        return milliseconds.equals(instant) ? instant : milliseconds.plusMillis(1);
    }
}
