package dev.kontor.notifications.webhooks;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How webhooks are sent.
 *
 * @param permitted servers that may be called by http, or in a network of one's own
 * @param timeout for an attempt as a whole
 * @param retries after how long an attempt that failed is followed by another one; after the last a message is given up
 * @param disableAfter an endpoint that takes nothing for so long is disabled
 * @param atOnce how many messages are on their way to one endpoint
 * @param keep for how long messages, and what came of them, are there to be replayed and looked at
 */
@ConfigurationProperties("kontor.notifications.webhooks")
record WebhookProperties(
        @DefaultValue List<URI> permitted,
        @DefaultValue("10s") Duration timeout,

        @DefaultValue({"5s", "5m", "30m", "2h", "5h", "10h", "14h", "20h", "24h"})
        List<Duration> retries,

        @DefaultValue("3d") Duration disableAfter,
        @DefaultValue("4") int atOnce,
        @DefaultValue("30d") Duration keep) {

    private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(1);

    WebhookProperties {
        permitted = List.copyOf(permitted);
        retries = List.copyOf(retries);
        if (permitted.stream().anyMatch(it -> it.getHost() == null)) {
            throw new IllegalArgumentException(
                    "kontor.notifications.webhooks.permitted must be addresses of servers such as http://localhost:9000");
        }
        if (!timeout.isPositive() || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
            throw new IllegalArgumentException(
                    "kontor.notifications.webhooks.timeout must be positive and at most a minute");
        }
        if (retries.stream().anyMatch(it -> !it.isPositive()) || !disableAfter.isPositive()) {
            throw new IllegalArgumentException(
                    "kontor.notifications.webhooks.retries and disable-after must be positive times");
        }
        if (atOnce < 1 || atOnce > 100) {
            throw new IllegalArgumentException("kontor.notifications.webhooks.at-once must be from 1 to 100");
        }
        if (keep.compareTo(Duration.ofDays(1)) < 0) {
            throw new IllegalArgumentException("kontor.notifications.webhooks.keep must be at least one day");
        }
    }

    /** Longer than any attempt lasts, whatever else the instance has to do. */
    Duration lease() {
        return timeout.multipliedBy(3).plusSeconds(30);
    }
}
