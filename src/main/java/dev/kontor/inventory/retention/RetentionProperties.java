package dev.kontor.inventory.retention;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long what has happened is kept.
 *
 * @param writes quantities that were sent, that listings were to show, and that were seen; the last of each listing stays
 * @param soldLines sales of listings, once nothing of them is waiting to be sent
 */
@ConfigurationProperties("kontor.inventory.retention")
record RetentionProperties(
        @DefaultValue("90d") Duration writes,
        @DefaultValue("90d") Duration soldLines) {

    /** Oversells, windows and late readings look back that far. */
    private static final Duration LEAST = Duration.ofDays(7);

    RetentionProperties {
        if (writes.compareTo(LEAST) < 0 || soldLines.compareTo(LEAST) < 0) {
            throw new IllegalArgumentException(
                    "kontor.inventory.retention.writes and sold-lines must be at least " + LEAST.toDays() + " days");
        }
    }
}
