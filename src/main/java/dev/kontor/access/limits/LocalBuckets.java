package dev.kontor.access.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;

/** Buckets of this process. One that nobody has taken from for the length of the window is full, and so is forgotten. */
class LocalBuckets implements Buckets {

    private static final int MOST = 20_000;

    private final TimeMeter time;
    private final Cache<String, Bucket> buckets = Caffeine.newBuilder()
            .expireAfterAccess(LimitProperties.WINDOW)
            .maximumSize(MOST)
            .build();

    LocalBuckets(TimeMeter time) {
        this.time = time;
    }

    @Override
    public ConsumptionProbe take(Quota quota, String caller) {
        return buckets.get(quota.name() + " " + caller, _ -> open(quota)).tryConsumeAndReturnRemaining(1);
    }

    private Bucket open(Quota quota) {
        return Bucket.builder()
                .withCustomTimePrecision(time)
                .addLimit(quota.configuration().getBandwidths()[0])
                .build();
    }
}
