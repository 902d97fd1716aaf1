package dev.kontor.marketplaces;

import java.math.BigDecimal;
import java.time.Instant;

/** What numbers and times of an order can be at all. An order beyond that is kept as unreadable, whatever sent it. */
final class Sensible {

    private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");
    private static final Instant TOO_LATE = Instant.parse("2201-01-01T00:00:00Z");
    private static final BigDecimal TOO_MANY = BigDecimal.valueOf(1_000_000_000L);
    private static final BigDecimal TOO_MUCH = BigDecimal.valueOf(1_000_000_000_000_000L);

    private Sensible() {}

    static void time(String field, Instant time) {
        require(!time.isBefore(EARLIEST) && time.isBefore(TOO_LATE), field);
    }

    static void quantity(String field, BigDecimal quantity) {
        number(field, quantity, TOO_MANY, 3);
    }

    static void amount(String field, Money money) {
        number(field, money.amount(), TOO_MUCH, 4);
    }

    private static void number(String field, BigDecimal number, BigDecimal limit, int decimals) {
        // the magnitude first: zeroes are only stripped from what is small
        require(number.abs().compareTo(limit) < 0, field);
        require(number.stripTrailingZeros().scale() <= decimals, field);
    }

    private static void require(boolean sensible, String field) {
        if (!sensible) {
            throw new IllegalArgumentException(field + " is out of range");
        }
    }
}
