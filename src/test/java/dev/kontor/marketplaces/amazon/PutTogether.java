package dev.kontor.marketplaces.amazon;

import java.time.Clock;

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

    Amazon amazon(AmazonCalls calls, AmazonGrant grant, AmazonOrderFeed orders) {
        return new Amazon(calls, grant, orders, listings, stock, warehouses);
    }
}
