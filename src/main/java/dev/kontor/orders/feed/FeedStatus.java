package dev.kontor.orders.feed;

import java.util.Optional;

import org.springframework.stereotype.Component;

import dev.kontor.accounts.AccountId;

/** What others may know of the feed. */
@Component
public class FeedStatus {

    private final Feeds feeds;

    FeedStatus(Feeds feeds) {
        this.feeds = feeds;
    }

    public Optional<FeedState> find(AccountId account) {
        return feeds.find(account);
    }
}
