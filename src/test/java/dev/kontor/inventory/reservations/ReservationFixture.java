package dev.kontor.inventory.reservations;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;

import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.support.TransactionTemplate;

import dev.kontor.accounts.Accounts.AccountView;
import dev.kontor.inventory.InventoryTest;
import dev.kontor.inventory.Stockroom;
import dev.kontor.inventory.items.Item;
import dev.kontor.inventory.listings.Listing;
import dev.kontor.inventory.listings.Listings;
import dev.kontor.inventory.listings.Proposals;
import dev.kontor.inventory.proof.Proof;
import dev.kontor.inventory.reservations.StockTakeover.Beginning;
import dev.kontor.marketplaces.FakeMarketplace;
import dev.kontor.marketplaces.FakeOrder;
import dev.kontor.marketplaces.FakeOrder.FakeLine;
import dev.kontor.orders.ArchiveRobot;
import dev.kontor.orders.OrderId;
import dev.kontor.orders.Shops;
import dev.kontor.orders.Source;
import dev.kontor.orders.archive.Archive;

/** A shop whose orders move stock, and words to say what the archive hears of them. */
@InventoryTest
abstract class ReservationFixture {

    @Autowired
    Archive archive;

    @Autowired
    ArchiveRobot robot;

    @Autowired
    Shops shops;

    @Autowired
    Stockroom stockroom;

    @Autowired
    StockTakeover takeover;

    @Autowired
    Reservations reservations;

    @Autowired
    Linking linking;

    @Autowired
    Listings listings;

    @Autowired
    Proposals proposals;

    @Autowired
    UnmatchedLines unmatched;

    @Autowired
    Proof proof;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    TransactionTemplate transaction;

    AccountView account;
    Instant start;
    int minutes;

    @BeforeEach
    void openAShop() {
        account = shops.open(new FakeMarketplace());
        start = Instant.now().minus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS);
        takeover.takeOver(account.id(), Beginning.counted(start), "test");
        minutes = 0;
    }

    FakeLine line(String id, Item item, int quantity) {
        return new FakeLine(id, "offer-" + item.sku(), item.sku(), "Mug", quantity, "19.99");
    }

    FakeOrder anOrder(String id, FakeLine... lines) {
        return FakeOrder.anOrder(id, start.plusSeconds(60)).withLines(lines);
    }

    /** As the archive hears of it a minute later, and the reservations by its event and at once. */
    void seen(FakeOrder... orders) {
        minutes++;
        var at = start.plus(Duration.ofMinutes(minutes + 1));
        transaction.executeWithoutResult(status -> archive.store(
                account, Arrays.stream(orders).map(order -> order.read(at)).toList(), Source.FEED));
        judge(orders);
    }

    void judge(FakeOrder... orders) {
        reservations.judge(
                account.id(), Arrays.stream(orders).map(order -> id(order.id())).toList());
    }

    OrderId id(String externalId) {
        return robot.get(account, externalId).id();
    }

    Listing listing(Item item) {
        return listings.list(new Listings.Filter(account.id(), null, null), null, 100).stream()
                .filter(it -> it.externalId().equals("offer-" + item.sku()))
                .findFirst()
                .orElseThrow();
    }
}
