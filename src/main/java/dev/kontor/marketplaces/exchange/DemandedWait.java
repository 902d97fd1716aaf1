package dev.kontor.marketplaces.exchange;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

import org.springframework.stereotype.Component;

import dev.kontor.marketplaces.exchange.ExchangeProperties.Ban;

/** How long an answer wants to be left alone. */
@Component
class DemandedWait {

    private static final Duration LONGEST = Duration.ofDays(1);

    private final Ban ban;
    private final Clock clock;

    DemandedWait(ExchangeProperties properties, Clock clock) {
        this.ban = properties.ban();
        this.clock = clock;
    }

    /** What {@code Retry-After} says, in seconds or as a date; nothing where it is missing or makes no sense. */
    Optional<Instant> told(Attempt attempt) {
        return Optional.ofNullable(attempt.headers().getFirst("Retry-After"))
                .flatMap(this::parse)
                .map(this::sane);
    }

    /** @param usual what the marketplace's own rules say; a minute and a little where they do not */
    Instant afterTooMany(Attempt attempt, Optional<Duration> usual) {
        return told(attempt).orElseGet(() -> {
            var silence = usual.orElse(ban.length());
            var jitter = Math.min(silence.toMillis(), ban.jitter().toMillis());
            return clock.instant()
                    .plus(silence)
                    .plusMillis(ThreadLocalRandom.current().nextLong(jitter + 1));
        });
    }

    private Optional<Instant> parse(String value) {
        try {
            return Optional.of(clock.instant().plusSeconds(Long.parseUnsignedLong(value.trim())));
        } catch (NumberFormatException | DateTimeException | ArithmeticException e) {
            return parseDate(value);
        }
    }

    private static Optional<Instant> parseDate(String value) {
        try {
            return Optional.of(ZonedDateTime.parse(value.trim(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private Instant sane(Instant until) {
        var latest = clock.instant().plus(LONGEST);
        return until.isAfter(latest) ? latest : until;
    }
}
