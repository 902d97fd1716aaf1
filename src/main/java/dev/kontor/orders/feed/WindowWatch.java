package dev.kontor.orders.feed;

import java.time.Clock;
import java.time.Duration;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

import dev.kontor.accounts.Accounts;
import dev.kontor.accounts.Accounts.AccountView;
import dev.kontor.marketplaces.Marketplaces;
import dev.kontor.marketplaces.OrderFeed.Retention;
import dev.kontor.orders.FeedWindowUsed;
import dev.kontor.orders.FeedWindowUsed.Level;

/** Watches how much of the marketplace's memory has passed since its changes were last read. */
@Component
public class WindowWatch {

    private final Feeds feeds;
    private final Marketplaces marketplaces;
    private final Accounts accounts;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    WindowWatch(
            Feeds feeds,
            Marketplaces marketplaces,
            Accounts accounts,
            TransactionTemplate transaction,
            ApplicationEventPublisher events,
            Clock clock) {
        this.feeds = feeds;
        this.marketplaces = marketplaces;
        this.accounts = accounts;
        this.transaction = transaction;
        this.events = events;
        this.clock = clock;
    }

    /** 0 when just read, 1 when changes begin to be lost. */
    public double share(AccountView account, FeedState state) {
        var kept = retention(account).changes();
        return (double) Duration.between(state.readAt(), clock.instant()).toMillis() / kept.toMillis();
    }

    Retention retention(AccountView account) {
        return marketplaces.get(account.marketplace()).orders().retention();
    }

    /** Every feed, also of accounts that are paused or refused: theirs is the window that runs out. */
    public void lookAtAll() {
        feeds.accounts().forEach(id -> accounts.find(id).ifPresent(this::look));
    }

    /** Looks once, and tells when the level is another than before. */
    public void look(AccountView account) {
        transaction.executeWithoutResult(status -> feeds.find(account.id()).ifPresent(state -> {
            var share = share(account, state);
            var level = Level.of(share);
            if (feeds.setLevel(account.id(), level)) {
                events.publishEvent(new FeedWindowUsed(account.id(), level, share, state.readAt()));
            }
        }));
    }
}
