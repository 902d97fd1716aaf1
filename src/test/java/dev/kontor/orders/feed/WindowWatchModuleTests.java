package dev.kontor.orders.feed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.modulith.test.PublishedEvents;

import dev.kontor.SettableClock;
import dev.kontor.accounts.Accounts.AccountView;
import dev.kontor.marketplaces.FakeMarketplace;
import dev.kontor.marketplaces.Marketplaces;
import dev.kontor.orders.FeedWindowUsed;
import dev.kontor.orders.FeedWindowUsed.Level;
import dev.kontor.orders.OrdersModuleTest;
import dev.kontor.orders.Shops;
import dev.kontor.orders.loops.Run;

import static org.assertj.core.api.Assertions.assertThat;

@OrdersModuleTest
class WindowWatchModuleTests {

    @Autowired
    WindowWatch watch;

    @Autowired
    FeedSync feed;

    @Autowired
    Marketplaces marketplaces;

    @Autowired
    Shops shops;

    @Autowired
    SettableClock clock;

    AccountView account;
    Duration kept;

    @BeforeEach
    void openAShopAndReadItsChanges() {
        account = shops.open(new FakeMarketplace("fake", clock));
        kept = marketplaces.get(account.marketplace()).orders().retention().changes();
        feed.run(account, new Run());
    }

    private List<FeedWindowUsed> told(PublishedEvents events) {
        var told = new ArrayList<FeedWindowUsed>();
        events.ofType(FeedWindowUsed.class)
                .matching(it -> it.account().equals(account.id()))
                .forEach(told::add);
        return told;
    }

    @Test
    void tellsOnceOfAQuarterAndOnceOfAHalf(PublishedEvents events) {
        var readAt = clock.instant();
        clock.advance(kept.dividedBy(4).minusSeconds(1));
        watch.look(account);
        assertThat(told(events)).isEmpty();

        clock.advance(Duration.ofSeconds(1));
        watch.look(account);
        watch.look(account);
        assertThat(told(events)).containsExactly(new FeedWindowUsed(account.id(), Level.WARNING, 0.25, readAt));

        clock.advance(kept.dividedBy(4));
        watch.look(account);
        watch.look(account);
        assertThat(told(events))
                .hasSize(2)
                .last()
                .isEqualTo(new FeedWindowUsed(account.id(), Level.CRITICAL, 0.5, readAt));
    }

    @Test
    void tellsWhenTheFeedIsReadAgain(PublishedEvents events) {
        clock.advance(kept.dividedBy(2));
        watch.look(account);

        feed.run(account, new Run());
        watch.look(account);

        assertThat(told(events)).extracting(FeedWindowUsed::level).containsExactly(Level.CRITICAL, Level.NORMAL);
        assertThat(told(events).getLast().lastReadAt()).isEqualTo(clock.instant());
    }

    @Test
    void saysNothingOfAnAccountWhoseFeedHasNotBegun(PublishedEvents events) {
        account = shops.open(new FakeMarketplace("fake", clock));

        watch.look(account);

        assertThat(told(events)).isEmpty();
    }
}
