package dev.kontor.marketplaces.amazon;

import java.time.Duration;

import org.springframework.stereotype.Component;

/**
 * Whether a number of quantities is sooner done by a feed than one by one. Patches begin at once, but behind the first few
 * each waits for its turn, so that the last of many is sent late; a feed takes its time, whatever it holds.
 */
@Component
class FeedPace {

    /** A feed may hold 25 000, and 10 MiB. */
    static final int OF_A_FEED = 10_000;

    /** How much the time of one more feed counts beside those before. */
    private static final int OTHERS = 3;

    private Duration feedTime;

    FeedPace(AmazonListingProperties properties) {
        this.feedTime = properties.feedTime();
    }

    /** As long as the last patch is sent before a feed would be done, patches are no slower, and most are far sooner. */
    boolean feedIsFaster(int quantities) {
        var feeds = Math.ceilDiv(quantities, OF_A_FEED);
        var lastPatchSent = AmazonLimits.PATCH_LISTING.lastOf(quantities);
        var lastFeedSent = AmazonLimits.CREATE_FEED.lastOf(feeds);
        return lastPatchSent.compareTo(lastFeedSent.plus(feedTime())) > 0;
    }

    private synchronized Duration feedTime() {
        return feedTime;
    }

    /** What a feed took that is done, from the call that created it. */
    synchronized void took(Duration time) {
        if (!time.isNegative()) {
            feedTime = feedTime.multipliedBy(OTHERS).plus(time).dividedBy(OTHERS + 1);
        }
    }
}
