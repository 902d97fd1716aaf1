package dev.kontor.api.web;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.converter.Converter;

/** Times of a request that a database can keep, or compare with what it keeps: Java's go on for much longer. */
final class StorableTime implements Converter<String, @Nullable Instant> {

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

    static Instant parse(String text) {
        var time = OffsetDateTime.parse(text.strip()).toInstant();
        if (time.isBefore(FIRST) || time.isAfter(LAST)) {
            throw new DateTimeException("a time that nobody can mean");
        }
        return time;
    }

    @Override
    public @Nullable Instant convert(String text) {
        return text.isBlank() ? null : parse(text);
    }
}
