package dev.kontor.marketplaces.exchange;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.bucket4j.redis.lettuce.Bucket4jLettuce;
import io.lettuce.core.api.StatefulRedisConnection;

/** Tokens that all instances of Kontor take from, each falling back to a share of its own. */
class RedisTokenStore implements TokenStore {

    private final RedisLink redis;
    private final Shares shares;
    private final AtomicReference<@Nullable ProxyManager<String>> proxies = new AtomicReference<>();

    RedisTokenStore(RedisLink redis, Shares shares) {
        this.redis = redis;
        this.shares = shares;
    }

    @Override
    public Tokens open(String key, Limit limit) {
        var local = new SharedOutTokens(limit, shares, Pacer.SYSTEM);
        return new RedisTokens("kontor:budget:" + key, limit, redis, this::proxies, local);
    }

    private ProxyManager<String> proxies(StatefulRedisConnection<String, byte[]> connection) {
        var known = proxies.get();
        if (known != null) {
            return known;
        }
        var made = Bucket4jLettuce.casBasedBuilder(connection)
                .requestTimeout(redis.patience())
                .expirationAfterWrite(
                        ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(Duration.ofMinutes(2)))
                .build();
        proxies.set(made);
        return made;
    }
}
