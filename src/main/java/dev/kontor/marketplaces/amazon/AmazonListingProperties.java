package dev.kontor.marketplaces.amazon;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param pageSize at most 20
 * @param feedFrom how many quantities at once are rather sent as a feed than one by one; a feed takes from five minutes
 *     to half an hour whatever it holds, in which thousands can be sent alone
 */
@ConfigurationProperties("kontor.amazon.listings")
record AmazonListingProperties(
        @DefaultValue("20") int pageSize,
        @DefaultValue("5000") int feedFrom) {}
