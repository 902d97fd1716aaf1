package dev.kontor.operations.silence;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import dev.kontor.marketplaces.MarketplaceCode;

/**
 * How closely silence is listened to.
 *
 * @param interval how often a marketplace is asked, though no more often than its feed runs
 * @param intervals the same by marketplace, where questions are dear
 * @param zone in which people of an account's market have their day and their week
 * @param zones the same by marketplace
 * @param falseAlarms how many times a week, over all accounts, silence may be found where it is chance
 */
@ConfigurationProperties("kontor.operations.silence")
record SilenceProperties(
        @DefaultValue("60s") Duration interval,
        @DefaultValue Map<String, Duration> intervals,
        @DefaultValue("UTC") ZoneId zone,
        @DefaultValue Map<String, ZoneId> zones,
        @DefaultValue("0.5") double falseAlarms) {

    SilenceProperties {
        if (!interval.isPositive() || !intervals.values().stream().allMatch(Duration::isPositive)) {
            throw new IllegalArgumentException("kontor.operations.silence.interval and intervals must be positive");
        }
        if (!(falseAlarms > 0) || Double.isInfinite(falseAlarms)) {
            throw new IllegalArgumentException("kontor.operations.silence.false-alarms must be positive");
        }
    }

    Duration interval(MarketplaceCode marketplace) {
        return intervals.getOrDefault(marketplace.value(), interval);
    }

    ZoneId zone(MarketplaceCode marketplace) {
        return zones.getOrDefault(marketplace.value(), zone);
    }
}
