package dev.kontor.api.web;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

/** Says what a field takes, in the caller's words instead of Java's. */
final class Expected {

    private static final Set<Class<?>> WHOLE =
            Set.of(Integer.class, Long.class, Short.class, Byte.class, BigInteger.class);
    private static final Set<Class<?>> NUMBER = Set.of(Double.class, Float.class, BigDecimal.class);
    private static final Map<Class<?>, String> OTHER = Map.of(
            Boolean.class, "must be true or false",
            UUID.class, "must be a UUID",
            Instant.class, "must be a time such as 2026-11-20T12:00:00Z",
            OffsetDateTime.class, "must be a time such as 2026-11-20T12:00:00Z",
            LocalDate.class, "must be a date such as 2026-11-20",
            Duration.class, "must be a duration such as PT30S",
            URI.class, "must be an address such as https://example.org/",
            String.class, "must be text");

    private Expected() {}

    static String message(@Nullable Class<?> type, String otherwise) {
        if (type == null) {
            return otherwise;
        }
        var wrapper = ClassUtils.resolvePrimitiveIfNecessary(type);
        if (wrapper.isEnum()) {
            return "must be one of " + names(wrapper);
        }
        if (WHOLE.contains(wrapper)) {
            return "must be a whole number";
        }
        if (NUMBER.contains(wrapper)) {
            return "must be a number";
        }
        if (Collection.class.isAssignableFrom(wrapper) || wrapper.isArray()) {
            return "must be a list";
        }
        return OTHER.getOrDefault(wrapper, otherwise);
    }

    private static String names(Class<?> type) {
        return Arrays.stream(type.getEnumConstants()).map(Object::toString).collect(Collectors.joining(", "));
    }
}
