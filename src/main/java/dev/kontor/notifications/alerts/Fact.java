package dev.kontor.notifications.alerts;

import java.time.Instant;
import java.util.regex.Pattern;

/** What an alert says beside its kind. There is no type for what people write, so nothing personal gets in. */
public enum Fact {
    LOOP(Type.CODE),
    IN_A_ROW(Type.NUMBER),
    UNITS(Type.NUMBER),
    SINCE(Type.TIME),
    UNTIL(Type.TIME),
    DAYS_LEFT(Type.NUMBER),
    DAYS(Type.NUMBER),
    /** The first one, as a date. */
    DAY(Type.CODE),
    SHARE(Type.SHARE),
    RECORDS(Type.NUMBER),
    ORDERS(Type.NUMBER),
    LISTINGS(Type.NUMBER),
    VERIFIED(Type.NUMBER),
    SHOWN(Type.NUMBER),
    PLACES(Type.NUMBER),
    MARKETPLACE(Type.CODE),
    /** What of several there are. */
    WHAT(Type.CODE);

    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9._:-]{1,100}");

    /** How a value is kept and shown. */
    public enum Type {
        /** A whole number. */
        NUMBER,
        /** A part of a whole, 0.25 for a quarter. */
        SHARE,
        /** An instant. */
        TIME,
        /** A name that code gave, such as that of a loop. */
        CODE
    }

    private final Type type;

    Fact(Type type) {
        this.type = type;
    }

    public Type type() {
        return type;
    }

    /** Such as {@code inARow}. */
    public String key() {
        var words = name().toLowerCase(java.util.Locale.ROOT).split("_");
        var key = new StringBuilder(words[0]);
        for (int word = 1; word < words.length; word++) {
            key.append(Character.toUpperCase(words[word].charAt(0))).append(words[word].substring(1));
        }
        return key.toString();
    }

    /** The value as it is kept. */
    Object checked(Object value) {
        return switch (type) {
            case NUMBER -> ((Number) value).longValue();
            case SHARE -> ((Number) value).doubleValue();
            case TIME -> (value instanceof Instant at ? at : Instant.parse((String) value)).toString();
            case CODE -> {
                if (!CODE.matcher((String) value).matches()) {
                    throw new IllegalArgumentException("the fact " + name() + " is no code");
                }
                yield value;
            }
        };
    }
}
