package dev.kontor.access.limits;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.bucket4j.redis.lettuce.Bucket4jLettuce;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;

/** Buckets that all instances share. While Redis is away each counts for itself: no request waits for it or fails. */
class RedisBuckets implements Buckets, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RedisBuckets.class);

    private final String url;
    private final TimeMeter time;
    private final Buckets fallback;
    private final Duration patience;
    private final long retryNanos;
    private final RedisClient client = RedisClient.create();
    private final AtomicBoolean away = new AtomicBoolean();
    private volatile long nextTry = System.nanoTime();
    private volatile @Nullable ProxyManager<String> proxies;

    /**
     * @param patience how long a request waits for Redis at most
     * @param retry how long nobody asks a Redis that did not answer
     */
    RedisBuckets(String url, Duration patience, Duration retry, TimeMeter time, Buckets fallback) {
        this.url = url;
        this.patience = patience;
        this.time = time;
        this.fallback = fallback;
        this.retryNanos = retry.toNanos();
        client.setOptions(ClientOptions.builder()
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .timeoutOptions(TimeoutOptions.enabled(patience))
                .build());
    }

    @Override
    public ConsumptionProbe take(Quota quota, String caller) {
        if (away.get() && System.nanoTime() - nextTry < 0) {
            return fallback.take(quota, caller);
        }
        nextTry = System.nanoTime() + retryNanos; // while it is away one caller tries, and the others do not
        try {
            var probe = connected()
                    .builder()
                    .build(key(quota, caller), quota::configuration)
                    .tryConsumeAndReturnRemaining(1);
            if (away.compareAndSet(true, false)) {
                log.info("What callers ask for is counted in Redis again, for all instances of Kontor");
            }
            return probe;
        } catch (RuntimeException e) {
            if (away.compareAndSet(false, true)) {
                log.warn(
                        "What callers ask for is counted by this instance of Kontor alone, because Redis did not answer ({})",
                        e.getClass().getSimpleName());
            }
            return fallback.take(quota, caller);
        }
    }

    /** Another limit is another bucket. */
    private static String key(Quota quota, String caller) {
        return "kontor:limit:" + quota.name() + ":" + quota.requests() + ":" + caller;
    }

    private synchronized ProxyManager<String> connected() {
        var known = proxies;
        if (known == null) {
            var uri = RedisURI.create(url);
            uri.setTimeout(patience);
            known = Bucket4jLettuce.casBasedBuilder(
                            client.connect(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE), uri))
                    .clientClock(time)
                    .requestTimeout(patience)
                    .expirationAfterWrite(
                            ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(LimitProperties.WINDOW))
                    .build();
            proxies = known;
        }
        return known;
    }

    @Override
    public void close() {
        client.shutdown(0, 2, TimeUnit.SECONDS);
    }
}
