package dev.kontor.marketplaces.exchange;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

import io.lettuce.core.SetArgs;

import dev.kontor.marketplaces.exchange.ExchangeProperties.Slowdown;

/**
 * How much slower than its limit a budget goes, because the marketplace found even the limit too fast. Each 429 makes it
 * slower by a factor, and time makes up for it, the sooner the less silence was asked for; known to all instances where
 * there is Redis.
 */
@Component
class Slowdowns {

    private static final Logger log = LoggerFactory.getLogger(Slowdowns.class);

    /** Calls that were under way when the first was refused say nothing new. */
    private static final Duration SAME_REFUSAL = Duration.ofSeconds(10);

    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** Part of the recovery after a minute's silence that follows the shortest. */
    private static final double SHORTEST = 1 / 60.0;

    private final Slowdown settings;
    private final Clock clock;
    private final Optional<RedisLink> redis;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    /**
     * @param from when the recovery begins
     * @param recovery how long it would take from a standstill
     */
    private record Slowed(double pace, Instant from, Duration recovery) {

        double at(Instant now) {
            var recovered = Math.max(0, Duration.between(from, now).toMillis());
            return Math.min(1, pace + (double) recovered / recovery.toMillis());
        }
    }

    private record Known(@Nullable Slowed slowed, Instant lookedAt) {}

    Slowdowns(ExchangeProperties properties, Clock clock, ObjectProvider<RedisLink> redis) {
        this.settings = properties.slowdown();
        this.clock = clock;
        this.redis = Optional.ofNullable(redis.getIfAvailable());
    }

    /** Which part of its limit the budget uses: 1 for the whole. */
    double pace(String key) {
        var now = clock.instant();
        var here = known.get(key);
        if (here == null || !here.lookedAt().plus(LOOK).isAfter(now)) {
            here = look(key, now);
        }
        var slowed = here.slowed();
        return slowed == null ? 1 : slowed.at(now);
    }

    /** The marketplace refused a call although the limit permitted it, and wants silence for a while. */
    synchronized void add(String key, Instant silentUntil) {
        var now = clock.instant();
        var before = look(key, now).slowed();
        if (before != null && now.isBefore(before.from())) {
            return;
        }
        var pace = before == null ? 1 : before.at(now);
        var same = now.plus(SAME_REFUSAL);
        var slowed = new Slowed(
                Math.max(settings.lowest(), pace * settings.factor()),
                silentUntil.isAfter(same) ? silentUntil : same,
                recovery(Duration.between(now, silentUntil)));
        known.put(key, new Known(slowed, now));
        redis.ifPresent(link -> tellOthers(link, key, slowed, now));
        log.warn(
                "Too many requests for {}: at {} % of its limit for now",
                key.substring(0, key.lastIndexOf(':')), Math.round(slowed.pace() * 100));
    }

    /** A marketplace that wants to be left alone for a second only does not mind the next call as one that wants a minute. */
    private Duration recovery(Duration silence) {
        var part = Math.clamp((double) silence.toMillis() / MINUTE.toMillis(), SHORTEST, 1);
        return Duration.ofMillis(Math.round(settings.recovery().toMillis() * part));
    }

    private Known look(String key, Instant now) {
        return known.compute(key, (ignored, here) -> {
            var mine = here == null ? null : here.slowed();
            var shared = redis.flatMap(link -> shared(link, key)).orElse(null);
            return new Known(later(mine, shared), now);
        });
    }

    private static @Nullable Slowed later(@Nullable Slowed one, @Nullable Slowed other) {
        return one == null || (other != null && other.from().isAfter(one.from())) ? other : one;
    }

    private void tellOthers(RedisLink link, String key, Slowed slowed, Instant now) {
        var text = slowed.pace() + " " + slowed.from().toEpochMilli() + " "
                + slowed.recovery().toMillis();
        var life = Duration.between(now, slowed.from()).plus(slowed.recovery());
        var ignored = link.use(connection -> connection
                .sync()
                .set(redisKey(key), text.getBytes(StandardCharsets.US_ASCII), SetArgs.Builder.px(life.toMillis())));
    }

    private static Optional<Slowed> shared(RedisLink link, String key) {
        return link.use(connection -> Optional.ofNullable(connection.sync().get(redisKey(key))))
                .flatMap(found -> found)
                .map(found -> new String(found, StandardCharsets.US_ASCII).split(" "))
                .map(parts -> new Slowed(
                        Double.parseDouble(parts[0]),
                        Instant.ofEpochMilli(Long.parseLong(parts[1])),
                        Duration.ofMillis(Long.parseLong(parts[2]))));
    }

    private static String redisKey(String key) {
        return "kontor:slowdown:" + key;
    }
}
