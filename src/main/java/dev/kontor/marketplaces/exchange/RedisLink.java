package dev.kontor.marketplaces.exchange;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;

/** The way to Redis, which may be lost and found again at any time; who uses it has something else to fall back on. */
class RedisLink implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RedisLink.class);

    private final RedisClient client;
    private final Duration patience;
    private final long retryNanos;
    private final AtomicBoolean lost = new AtomicBoolean();
    private volatile long nextTry = System.nanoTime();
    private volatile @Nullable StatefulRedisConnection<String, byte[]> connection;

    /**
     * @param patience how long a call waits for an answer
     * @param retry how long nobody asks a Redis that did not answer
     */
    RedisLink(String url, Duration patience, Duration retry) {
        this.patience = patience;
        this.retryNanos = retry.toNanos();
        client = RedisClient.create(parse(url, patience));
        client.setOptions(ClientOptions.builder()
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .timeoutOptions(TimeoutOptions.enabled(patience))
                .build());
    }

    private static RedisURI parse(String url, Duration patience) {
        try {
            if (URI.create(url).getHost() == null) {
                throw new IllegalArgumentException("no host");
            }
            var uri = RedisURI.create(url);
            uri.setTimeout(patience);
            return uri;
        } catch (IllegalArgumentException e) {
            throw new InvalidConfigurationPropertyValueException(
                    "kontor.redis.url",
                    null, // it may hold a password
                    "KONTOR_REDIS_URL is not the address of a Redis server, such as redis://host:6379.");
        }
    }

    Duration patience() {
        return patience;
    }

    /** @return empty while Redis is away, without waiting for it each time */
    <T> Optional<T> use(Function<StatefulRedisConnection<String, byte[]>, T> work) {
        if (lost.get() && System.nanoTime() - nextTry < 0) {
            return Optional.empty();
        }
        try {
            var result = Optional.of(work.apply(connected()));
            if (lost.compareAndSet(true, false)) {
                log.info("Redis is back: rate budgets are shared between the instances of Kontor again");
            }
            return result;
        } catch (RuntimeException e) {
            nextTry = System.nanoTime() + retryNanos;
            if (lost.compareAndSet(false, true)) {
                log.warn(
                        "Redis cannot be reached ({}): this instance of Kontor keeps to its own share of every rate limit",
                        e.getClass().getSimpleName());
            }
            return Optional.empty();
        }
    }

    private synchronized StatefulRedisConnection<String, byte[]> connected() {
        var known = connection;
        if (known == null) {
            known = client.connect(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE));
            connection = known;
        }
        return known;
    }

    @Override
    public void close() {
        client.shutdown(0, 2, TimeUnit.SECONDS);
    }
}
