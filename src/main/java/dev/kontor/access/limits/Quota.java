package dev.kontor.access.limits;

import io.github.bucket4j.BucketConfiguration;

/** @param requests that are permitted in {@link LimitProperties#WINDOW}; none are counted where it is 0 */
record Quota(String name, int requests) {

    BucketConfiguration configuration() {
        return BucketConfiguration.builder()
                .addLimit(limit -> limit.capacity(requests).refillGreedy(requests, LimitProperties.WINDOW))
                .build();
    }
}
