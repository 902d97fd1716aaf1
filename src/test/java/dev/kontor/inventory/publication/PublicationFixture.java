package dev.kontor.inventory.publication;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

import dev.kontor.SettableClock;
import dev.kontor.accounts.Accounts.AccountView;
import dev.kontor.inventory.InventoryTest;
import dev.kontor.inventory.Stockroom;
import dev.kontor.inventory.items.Item;
import dev.kontor.inventory.ledger.Entry.Change;
import dev.kontor.inventory.ledger.MovementKind;
import dev.kontor.inventory.listings.Listing;
import dev.kontor.inventory.listings.Listing.Link;
import dev.kontor.inventory.listings.Listings;
import dev.kontor.inventory.listings.Listings.Seen;
import dev.kontor.inventory.reservations.Linking;
import dev.kontor.inventory.reservations.StockTakeover;
import dev.kontor.inventory.reservations.StockTakeover.Beginning;
import dev.kontor.inventory.reservations.Takeovers.Mode;
import dev.kontor.marketplaces.FakeListing;
import dev.kontor.marketplaces.FakeMarketplace;
import dev.kontor.marketplaces.FakeOrder;
import dev.kontor.marketplaces.FakeOrder.FakeLine;
import dev.kontor.marketplaces.StockWriter.Kind;
import dev.kontor.marketplaces.StockWriter.Terms;
import dev.kontor.orders.ShopClock;
import dev.kontor.orders.Shops;
import dev.kontor.orders.feed.AnnouncedReading;
import dev.kontor.orders.feed.FeedSync;
import dev.kontor.orders.loops.Run;

/** Shops that sell what is in the stockroom. Nothing happens by itself: the test says when Kontor works. */
@InventoryTest
@Import(ShopClock.class)
@TestPropertySource(properties = "kontor.inventory.publishing=false")
abstract class PublicationFixture {

    @Autowired
    Stockroom stockroom;

    @Autowired
    Shops shops;

    @Autowired
    SettableClock clock;

    @Autowired
    FeedSync feed;

    @Autowired
    Listings listings;

    @Autowired
    AnnouncedReading announced;

    @Autowired
    Linking linking;

    @Autowired
    StockTakeover takeover;

    @Autowired
    Duties duties;

    @Autowired
    JdbcClient jdbc;

    /** Of what other tests have opened nobody has heard for long, and who waits for such sales shows less. */
    @BeforeEach
    void forgetTheOthers() {
        jdbc.sql("delete from inventory.takeovers").update();
    }

    /** A shop, its account, and the listings in it. */
    record Stall(FakeMarketplace shop, AccountView account) {

        int shows(Listing listing) {
            return shop.shown(listing.externalId());
        }
    }

    /** Kontor may write to it. */
    Stall aStall() {
        var shop = new FakeMarketplace("fake", clock);
        var stall = new Stall(shop, shops.open(shop));
        hear(stall);
        takeover.takeOver(stall.account().id(), Beginning.counted(clock.instant()), "test");
        mode(stall, "WRITING");
        return stall;
    }

    void mode(Stall stall, String mode) {
        jdbc.sql("update inventory.takeovers set mode = ? where account = ?")
                .params(mode, stall.account().id().value())
                .update();
    }

    Listing list(Stall stall, Item item, int shown) {
        return list(stall, item, shown, 1);
    }

    Listing list(Stall stall, Item item, int shown, int units) {
        var seen = seen(stall, item.sku(), shown);
        return linking.link(seen.id(), new Link(item.id(), units, "test"), version -> {});
    }

    /** Of which nobody has said what it sells. */
    Listing seen(Stall stall, String sku, int shown) {
        var offer = "offer-" + sku;
        stall.shop().list(FakeListing.aListing(offer, sku, shown));
        return listings.seen(stall.account().id(), List.of(new Seen(offer, "", sku, "Mug")), clock.instant())
                .values()
                .iterator()
                .next();
    }

    /** Somebody buys; the marketplace lets nobody buy more than it shows. */
    FakeOrder buy(Stall stall, Listing listing, int quantity) {
        return buy(stall, listing, quantity, Duration.ofSeconds(6)); // more than clocks may differ
    }

    FakeOrder buy(Stall stall, Listing listing, int quantity, Duration after) {
        clock.advance(after);
        var number = String.valueOf(System.nanoTime());
        return stall.shop()
                .place(FakeOrder.anOrder(number, clock.instant())
                        .withLines(new FakeLine(
                                "line-" + number, listing.externalId(), listing.sku(), "Mug", quantity, "10.00")));
    }

    void hear(Stall stall) {
        clock.advance(Duration.ofSeconds(6));
        feed.run(stall.account(), new Run());
        announced.run(stall.account(), new Run());
    }

    /** Kontor does all that is due, until nothing is. */
    void work() {
        for (int round = 0; round < 300; round++) {
            boolean any = false;
            for (var duty : duties.due()) {
                any |= duty.work().getAsBoolean();
            }
            if (!any) {
                return;
            }
        }
        throw new AssertionError("there is no end to it: " + duties.due());
    }

    Map<String, Object> row(Listing listing) {
        return jdbc.sql("select * from inventory.publications where listing = ?")
                .param(listing.id().value())
                .query()
                .singleRow();
    }

    static Terms terms(Set<Kind> kinds, boolean zero) {
        return new Terms(kinds, 100, 100, false, Duration.ZERO, Duration.ofMinutes(10), Duration.ZERO, zero, false);
    }

    void correct(Item item, int quantity) {
        stockroom.post(UUID.randomUUID().toString(), item, MovementKind.CORRECTION, new Change.By(quantity, 0));
    }

    /** Of all that is due only this. */
    void perform(String duty) {
        duties.due().stream()
                .filter(due -> due.name().startsWith(duty))
                .forEach(due -> due.work().getAsBoolean());
    }

    void observe(Stall stall) {
        takeover.change(stall.account().id(), Mode.OBSERVING, version -> {});
    }

    /** Kontor works while time passes, and nothing is heard of sales. */
    void wait(Duration time) {
        var until = clock.instant().plus(time);
        while (clock.instant().isBefore(until)) {
            work();
            clock.advance(Duration.ofSeconds(5));
        }
        work();
    }

    /** Time passes until all is known and done. */
    void settle(Stall... stalls) {
        for (int round = 0; round < 8; round++) {
            work();
            for (var stall : stalls) {
                hear(stall);
            }
            clock.advance(Duration.ofSeconds(40));
            work();
        }
    }
}
