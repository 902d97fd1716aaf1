package dev.kontor.marketplaces.exchange;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

import io.lettuce.core.SetArgs;

/** Until when nothing may be sent out of a budget; known to all instances where there is Redis. */
@Component
class Bans {

    private final Clock clock;
    private final Optional<RedisLink> redis;
    private final Map<String, Instant> bans = new ConcurrentHashMap<>();

    Bans(Clock clock, ObjectProvider<RedisLink> redis) {
        this.clock = clock;
        this.redis = Optional.ofNullable(redis.getIfAvailable());
    }

    /** A longer ban is never cut short by a later, shorter one. */
    void add(String key, Instant until) {
        var longest = bans.merge(key, until, (known, added) -> known.isAfter(added) ? known : added);
        redis.ifPresent(link -> tellOthers(link, key, longest));
    }

    private void tellOthers(RedisLink link, String key, Instant until) {
        var left = Duration.between(clock.instant(), until).toMillis();
        if (left <= 0) {
            return;
        }
        var text = String.valueOf(until.toEpochMilli()).getBytes(StandardCharsets.US_ASCII);
        var ignored = link.use(connection -> connection.sync().set(redisKey(key), text, SetArgs.Builder.px(left)));
    }

    Optional<Instant> until(String key) {
        var here = bans.get(key);
        if (here != null && here.isAfter(clock.instant())) {
            return Optional.of(here);
        }
        return redis.flatMap(link -> link.use(
                        connection -> Optional.ofNullable(connection.sync().get(redisKey(key)))))
                .flatMap(found -> found)
                .map(found -> Instant.ofEpochMilli(Long.parseLong(new String(found, StandardCharsets.US_ASCII))))
                .filter(until -> until.isAfter(clock.instant()));
    }

    private static String redisKey(String key) {
        return "kontor:ban:" + key;
    }
}
