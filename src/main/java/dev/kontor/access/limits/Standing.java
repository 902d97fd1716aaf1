package dev.kontor.access.limits;

import java.time.Duration;

import io.github.bucket4j.ConsumptionProbe;

/**
 * How a caller stands after a request, in the words of the header fields {@code RateLimit-Policy} and {@code RateLimit}
 * (draft-ietf-httpapi-ratelimit-headers-10).
 *
 * @param passes whether the request was still within the limit
 * @param left how many more would be at this moment
 * @param full until all would be again
 * @param pause until one would be
 */
public record Standing(String policy, int quota, boolean passes, long left, Duration full, Duration pause) {

    static Standing of(Quota quota, ConsumptionProbe probe) {
        return new Standing(
                quota.name(),
                quota.requests(),
                probe.isConsumed(),
                probe.getRemainingTokens(),
                Duration.ofNanos(probe.getNanosToWaitForReset()),
                Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }

    /** Such as {@code "key";q=12000;w=60}: so many requests within so many seconds. */
    public String policyField() {
        return "\"%s\";q=%d;w=%d".formatted(policy, quota, LimitProperties.WINDOW.toSeconds());
    }

    /** Such as {@code "key";r=11999;t=1}: so many remain, and after so many seconds the whole quota is there. */
    public String field() {
        return "\"%s\";r=%d;t=%d"
                .formatted(policy, left, full.plusNanos(999_999_999).toSeconds());
    }
}
