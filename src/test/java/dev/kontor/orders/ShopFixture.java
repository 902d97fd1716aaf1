package dev.kontor.orders;

import java.time.Duration;

import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

import dev.kontor.SettableClock;
import dev.kontor.accounts.Accounts.AccountView;
import dev.kontor.marketplaces.FakeMarketplace;
import dev.kontor.orders.feed.AnnouncedReading;
import dev.kontor.orders.feed.FeedSync;
import dev.kontor.orders.loops.Run;

/** Each test has a shop of its own, which is empty and of which the feed knows nothing yet. */
@OrdersModuleTest
@Import(ArchiveRobot.class)
public abstract class ShopFixture {

    @Autowired
    protected FeedSync feed;

    @Autowired
    protected AnnouncedReading announced;

    @Autowired
    protected Shops shops;

    @Autowired
    protected ArchiveRobot archive;

    @Autowired
    protected SettableClock clock;

    protected FakeMarketplace shop;
    protected AccountView account;

    @BeforeEach
    void open() {
        shop = new FakeMarketplace("fake", clock);
        account = shops.open(shop);
    }

    /** A minute later the feed reads on; for the first time it begins at the end of the log. */
    protected Run sync() {
        clock.advance(Duration.ofMinutes(1));
        return follow();
    }

    /** The feed, and then what it leaves to others. */
    protected Run follow() {
        var run = new Run();
        feed.run(account, run);
        announced.run(account, run);
        return run;
    }
}
