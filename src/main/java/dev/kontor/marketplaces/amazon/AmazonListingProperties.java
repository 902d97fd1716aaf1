package dev.kontor.marketplaces.amazon;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param pageSize at most 20
 * @param feedTime how long a feed is held to take until this instance has seen some: from five minutes on a good day to
 *     half an hour on a bad one
 */
@ConfigurationProperties("kontor.amazon.listings")
record AmazonListingProperties(
        @DefaultValue("20") int pageSize,
        @DefaultValue("15m") Duration feedTime) {}
