package dev.kontor.orders.feed;

import java.time.Clock;
import java.time.Duration;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import dev.kontor.accounts.Accounts.AccountView;
import dev.kontor.marketplaces.Marketplaces;
import dev.kontor.orders.FeedWindowUsed;
import dev.kontor.orders.FeedWindowUsed.Level;

/** Watches how much of the marketplace's memory has passed since its changes were last read. */
@Component
public class WindowWatch {

    private final Feeds feeds;
    private final Marketplaces marketplaces;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    WindowWatch(Feeds feeds, Marketplaces marketplaces, ApplicationEventPublisher events, Clock clock) {
        this.feeds = feeds;
        this.marketplaces = marketplaces;
        this.events = events;
        this.clock = clock;
    }

    /** 0 when just read, 1 when changes begin to be lost. */
    public double share(AccountView account, FeedState state) {
        var kept = marketplaces.get(account.marketplace()).orders().retention().changes();
        return (double) Duration.between(state.readAt(), clock.instant()).toMillis() / kept.toMillis();
    }

    /** Looks once, and tells when the level is another than before. */
    @Transactional
    public void look(AccountView account) {
        feeds.find(account.id()).ifPresent(state -> {
            var share = share(account, state);
            var level = Level.of(share);
            if (feeds.setLevel(account.id(), level)) {
                events.publishEvent(new FeedWindowUsed(account.id(), level, share, state.readAt()));
            }
        });
    }
}
