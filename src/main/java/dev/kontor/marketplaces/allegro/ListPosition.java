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

    static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    /** Allegro refuses an offset that together with the limit is higher. */
    private static final int HIGHEST = 10_000;

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

    /** From the start of its instant again where Allegro would refuse the offset: nothing is passed over. */
    ListPosition within(int limit) {
        return offset + limit > HIGHEST ? new ListPosition(from, 0) : this;
    }

    /**
     * After a page of {@code size} records, the newest of which was bought at {@code newest}. No instant has so many
     * orders that the highest offset is reached: they are others, whose times cannot be read, and come again.
     */
    ListPosition after(int size, Instant newest, int limit) {
        if (newest.isAfter(from)) {
            return new ListPosition(newest, 0);
        }
        var next = offset + size;
        return next + limit > HIGHEST ? new ListPosition(from.plusMillis(1), 0) : new ListPosition(from, next);
    }

    /** Allegro knows milliseconds, and its upper bound is inclusive. */
    static Instant lastBefore(Instant end) {
        return atOrAfter(end).minusMillis(1);
    }

    String firstAt() {
        return TIME.format(from);
    }

    private static Instant atOrAfter(Instant instant) {
        var milliseconds = Instant.ofEpochMilli(instant.toEpochMilli());
        return milliseconds.equals(instant) ? instant : milliseconds.plusMillis(1);
    }
}
