package dev.kontor.api;

import java.math.BigDecimal;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/** A value in a table with its type, so that {@code 00123} stays text and an amount can be added up. */
public sealed interface Cell {

    record Text(String value) implements Cell {}

    record Whole(long value) implements Cell {}

    record Decimal(BigDecimal value) implements Cell {}

    record Moment(Instant value) implements Cell {}

    record Empty() implements Cell {}

    static Cell of(@Nullable String value) {
        return value == null ? new Empty() : new Text(value);
    }

    static Cell of(@Nullable Long value) {
        return value == null ? new Empty() : new Whole(value);
    }

    static Cell of(@Nullable Integer value) {
        return value == null ? new Empty() : new Whole(value);
    }

    static Cell of(@Nullable BigDecimal value) {
        return value == null ? new Empty() : new Decimal(value);
    }

    static Cell of(@Nullable Instant value) {
        return value == null ? new Empty() : new Moment(value);
    }
}
