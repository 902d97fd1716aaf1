package dev.kontor.orders.feed;

import java.time.Clock;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import dev.kontor.accounts.Accounts.AccountView;
import dev.kontor.marketplaces.OrderFeed.ChangePage;
import dev.kontor.marketplaces.OrderFeed.OrderChange;
import dev.kontor.orders.Source;
import dev.kontor.orders.archive.OrderEvents;
import dev.kontor.orders.loops.Run;
import dev.kontor.orders.reading.Readings;
import dev.kontor.orders.reading.ReadingsWriter;

/** Stores what the feed read: orders, their events and the position, in one transaction. */
@Component
class FeedWriter {

    private final ReadingsWriter readings;
    private final OrderEvents events;
    private final Feeds feeds;
    private final Clock clock;

    FeedWriter(ReadingsWriter readings, OrderEvents events, Feeds feeds, Clock clock) {
        this.readings = readings;
        this.events = events;
        this.feeds = feeds;
        this.clock = clock;
    }

    /** Notes changes whose orders others read. */
    @Transactional
    public void heard(AccountView account, List<OrderChange> changes) {
        events.record(account.id(), changes, clock.instant());
    }

    /** @param source that told of the orders */
    @Transactional
    public void store(AccountView account, Readings read, Source source, Run run) {
        readings.store(account, read, source, run);
    }

    /** Moves the feed past a page that was asked for at some time. */
    record Advance(FeedState from, ChangePage page, Instant askedAt) {}

    /** @param advance given with the last portion of a page */
    @Transactional
    public void store(
            AccountView account, List<OrderChange> changes, Readings read, @Nullable Advance advance, Run run) {
        readings.store(account, read, Source.FEED, run);
        events.record(account.id(), changes, clock.instant());
        if (advance != null) {
            var page = advance.page();
            readings.quarantine(account, page.unreadable(), Source.FEED, run);
            feeds.advance(advance.from(), page.next(), page.watermark(), advance.askedAt());
        }
    }
}
