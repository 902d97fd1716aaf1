package dev.kontor.accounts.credentials;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When credentials are renewed.
 *
 * @param share of their life after which they are due
 * @param lease how long one instance has a renewal to itself; shorter than a marketplace's grace, so that another can
 *     take over while the old credentials may still be presented, and longer than a call that is sent once can take
 *     ({@code kontor.exchange.max-wait}, {@code connect-timeout} and {@code read-timeout} together)
 * @param retry after an answer that was lost, while the marketplace's grace lasts
 * @param lateRetry after any other failure
 */
@ConfigurationProperties("kontor.accounts.renewal")
record RenewalProperties(
        @DefaultValue("0.8") double share,
        @DefaultValue("30s") Duration lease,
        @DefaultValue("5s") Duration retry,
        @DefaultValue("1m") Duration lateRetry) {

    RenewalProperties {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException("kontor.accounts.renewal.share must lie between 0 and 1");
        }
    }

    @Nullable
    Instant dueAt(Instant obtainedAt, @Nullable Instant expiresAt) {
        if (expiresAt == null) {
            return null;
        }
        var life = Duration.between(obtainedAt, expiresAt);
        return obtainedAt.plusMillis(Math.max(0, Math.round(life.toMillis() * share)));
    }
}
