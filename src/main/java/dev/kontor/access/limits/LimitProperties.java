package dev.kontor.access.limits;

import java.time.Duration;
import java.util.Locale;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

import dev.kontor.access.Caller;

/**
 * Requests a minute, all of which may come at once; 0 is no limit. By default far above what people and sensible programs
 * ask for, and below what a loop asks for that has gone wild.
 *
 * @param key that each API key may make
 * @param user that each person may make, with all sessions together
 * @param address that may come from one address, whoever makes them; above the others, as several may share it
 */
@ConfigurationProperties("kontor.api.limits")
record LimitProperties(
        @DefaultValue("12000") int key,
        @DefaultValue("12000") int user,
        @DefaultValue("24000") int address) {

    static final Duration WINDOW = Duration.ofMinutes(1);

    LimitProperties {
        requireNumber("key", key);
        requireNumber("user", user);
        requireNumber("address", address);
    }

    private static void requireNumber(String name, int requests) {
        if (requests < 0) {
            throw new InvalidConfigurationPropertyValueException(
                    "kontor.api.limits." + name,
                    requests,
                    "KONTOR_API_LIMITS_" + name.toUpperCase(Locale.ROOT)
                            + " must be a number of requests, or 0 for no limit.");
        }
    }

    Quota ofAddresses() {
        return new Quota("address", address);
    }

    Quota of(Caller.Kind kind) {
        return switch (kind) {
            case API_KEY -> new Quota("key", key);
            case PERSON -> new Quota("user", user);
        };
    }
}
