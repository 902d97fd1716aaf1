package dev.kontor.marketplaces.exchange;

import java.time.Duration;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TokensInheritanceStrategy;

/** Tokens of this process alone. */
class LocalTokens implements Tokens {

    private final Bucket bucket;

    LocalTokens(Limit limit, Pacer pacer) {
        bucket = Bucket.builder()
                .withCustomTimePrecision(pacer)
                .addLimit(configuration(limit).getBandwidths()[0])
                .build();
    }

    /** Most begin empty: what the process before this one has used is not known. */
    static BucketConfiguration configuration(Limit limit) {
        return BucketConfiguration.builder()
                .addLimit(bandwidth -> bandwidth
                        .capacity(limit.burst())
                        .refillGreedy(refilled(limit), during(limit))
                        .initialTokens(limit.full() ? limit.burst() : 0))
                .build();
    }

    private static long refilled(Limit limit) {
        return Math.max(1, (long) limit.perMinute());
    }

    private static Duration during(Limit limit) {
        return Duration.ofNanos((long) (60e9 * refilled(limit) / limit.perMinute()));
    }

    /** Looking and taking is one step, so that no lane digs into what is kept for a higher one. */
    @Override
    public synchronized long take(long count, long keep) {
        var estimate = bucket.estimateAbilityToConsume(keep + count);
        if (!estimate.canBeConsumed()) {
            return Math.max(1, estimate.getNanosToWaitForRefill());
        }
        return bucket.tryConsume(count) ? 0 : 1;
    }

    @Override
    public void giveBack(long count) {
        bucket.addTokens(count);
    }

    @Override
    public synchronized void atMost(long left) {
        var surplus = bucket.getAvailableTokens() - left;
        if (surplus > 0) {
            bucket.tryConsumeAsMuchAsPossible(surplus);
        }
    }

    /** From now on it fills up at another pace. */
    void change(Limit limit) {
        bucket.replaceConfiguration(configuration(limit), TokensInheritanceStrategy.AS_IS);
    }
}
