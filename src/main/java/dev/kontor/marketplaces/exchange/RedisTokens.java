package dev.kontor.marketplaces.exchange;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.lettuce.core.api.StatefulRedisConnection;

/** Tokens in Redis, or, while that is away, this instance's share of them. */
class RedisTokens implements Tokens {

    private static final long SOON = 1_000_000;

    private final String key;
    private final Limit limit;
    private final RedisLink redis;
    private final Function<StatefulRedisConnection<String, byte[]>, ProxyManager<String>> proxies;
    private final Tokens fallback;
    private final AtomicBoolean away = new AtomicBoolean();

    RedisTokens(
            String key,
            Limit limit,
            RedisLink redis,
            Function<StatefulRedisConnection<String, byte[]>, ProxyManager<String>> proxies,
            Tokens fallback) {
        this.key = key + ":" + limit.burst() + "/" + limit.perMinute(); // another limit is another bucket
        this.limit = limit;
        this.redis = redis;
        this.proxies = proxies;
        this.fallback = fallback;
    }

    /** Another instance may take one in between, and dig a little into what is kept: that is harmless. */
    @Override
    public long take(long count, long keep) {
        var wait = redis.use(connection -> take(bucket(connection), count, keep));
        if (away.compareAndSet(wait.isPresent(), wait.isEmpty())) {
            saveNothing(wait.isEmpty());
        }
        return wait.orElseGet(() -> fallback.take(count, keep));
    }

    private static long take(Bucket bucket, long count, long keep) {
        var estimate = bucket.estimateAbilityToConsume(keep + count);
        if (!estimate.canBeConsumed()) {
            return Math.max(SOON, estimate.getNanosToWaitForRefill());
        }
        return bucket.tryConsume(count) ? 0 : SOON;
    }

    /** Neither side knows what was used on the other, so both begin with nothing saved up. */
    private void saveNothing(boolean redisIsAway) {
        if (redisIsAway) {
            fallback.atMost(0);
        } else {
            atMost(0);
        }
    }

    @Override
    public void giveBack(long count) {
        var done = redis.use(connection -> {
            bucket(connection).addTokens(count);
            return true;
        });
        if (done.isEmpty()) {
            fallback.giveBack(count);
        }
    }

    @Override
    public void atMost(long left) {
        var done = redis.use(connection -> {
            var bucket = bucket(connection);
            var surplus = bucket.getAvailableTokens() - left;
            return surplus > 0 ? bucket.tryConsumeAsMuchAsPossible(surplus) : 0L;
        });
        if (done.isEmpty()) {
            fallback.atMost(left);
        }
    }

    private Bucket bucket(StatefulRedisConnection<String, byte[]> connection) {
        return proxies.apply(connection).builder().build(key, () -> LocalTokens.configuration(limit));
    }
}
