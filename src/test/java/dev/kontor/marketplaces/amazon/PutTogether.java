package dev.kontor.marketplaces.amazon;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

import dev.kontor.marketplaces.Drift;

/** The parts of the adapter that are about listings, without an application around them. */
record PutTogether(AmazonListings listings, AmazonStock stock, AmazonWarehouses warehouses) {

    static PutTogether of(
            AmazonCalls calls,
            AmazonProperties properties,
            AmazonListingProperties listingProperties,
            Drift drift,
            Clock clock) {
        var channels = new AmazonChannels(calls);
        var pace = new FeedPace(listingProperties);
        var feeds = new AmazonFeeds(calls, properties, pace, drift);
        return new PutTogether(
                new AmazonListings(calls, listingProperties, channels, drift),
                new AmazonStock(calls, pace, channels, feeds, clock),
                new AmazonWarehouses(calls));
    }

    /** Settings of an exchange that waits for nothing but answers. */
    static Map<String, String> withoutLimits() {
        var settings = new HashMap<>(Map.of("kontor.exchange.retry.delay", "1ms"));
        Stream.of(AmazonLimits.values()).map(limit -> limit.of("any").name()).forEach(budget -> {
            settings.put("kontor.exchange.limits.amazon." + budget + ".burst", "1000");
            settings.put("kontor.exchange.limits.amazon." + budget + ".per-minute", "600000");
        });
        return settings;
    }

    Amazon amazon(AmazonCalls calls, AmazonGrant grant, AmazonOrderFeed orders) {
        return new Amazon(calls, grant, orders, listings, stock, warehouses);
    }
}
