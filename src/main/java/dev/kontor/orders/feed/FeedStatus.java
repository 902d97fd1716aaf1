package dev.kontor.orders.feed;

import java.util.Optional;

import org.springframework.stereotype.Component;

import dev.kontor.accounts.AccountId;
import dev.kontor.orders.archive.FirstSigns;
import dev.kontor.orders.archive.FirstSigns.Unread;

/** What others may know of the feed. */
@Component
public class FeedStatus {

    private final Feeds feeds;
    private final FirstSigns signs;

    FeedStatus(Feeds feeds, FirstSigns signs) {
        this.feeds = feeds;
        this.signs = signs;
    }

    public Optional<FeedState> find(AccountId account) {
        return feeds.find(account);
    }

    public Unread unread(AccountId account) {
        return signs.unread(account);
    }
}
