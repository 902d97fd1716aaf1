package dev.kontor.inventory.reading;

import java.util.List;
import java.util.Objects;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.modulith.test.PublishedEvents;
import org.springframework.transaction.support.TransactionTemplate;

import dev.kontor.accounts.Accounts.AccountView;
import dev.kontor.accounts.RunFinished;
import dev.kontor.inventory.InventoryTest;
import dev.kontor.inventory.Stockroom;
import dev.kontor.inventory.items.Catalogue;
import dev.kontor.inventory.items.Item;
import dev.kontor.inventory.items.ItemType;
import dev.kontor.inventory.items.ItemWish;
import dev.kontor.inventory.listings.Listing;
import dev.kontor.inventory.listings.Listings;
import dev.kontor.inventory.listings.Proposals;
import dev.kontor.inventory.reading.ListingRounds.Round;
import dev.kontor.inventory.reading.ListingRounds.Round.Phase;
import dev.kontor.inventory.reservations.Reservations;
import dev.kontor.inventory.reservations.StockTakeover;
import dev.kontor.marketplaces.FakeMarketplace;
import dev.kontor.orders.ArchiveRobot;
import dev.kontor.orders.Shops;
import dev.kontor.orders.archive.Archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A shop whose listings Kontor reads. */
@InventoryTest
abstract class ListingReadingFixture {

    @Autowired
    ListingReadingLoop loop;

    @Autowired
    ListingRounds rounds;

    @Autowired
    UnreadableListings unreadable;

    @Autowired
    Listings listings;

    @Autowired
    Proposals proposals;

    @Autowired
    Shops shops;

    @Autowired
    Stockroom stockroom;

    @Autowired
    Catalogue catalogue;

    @Autowired
    FulfilledHoldings holdings;

    @Autowired
    StockTakeover takeover;

    @Autowired
    Reservations reservations;

    @Autowired
    Archive archive;

    @Autowired
    ArchiveRobot robot;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcClient jdbc;

    FakeMarketplace shop;
    AccountView account;

    @BeforeEach
    void openAShop() {
        shop = new FakeMarketplace();
        account = shops.open(shop);
    }

    /** A whole round. */
    void read() {
        finish();
    }

    List<Listing> all() {
        return listings.list(new Listings.Filter(account.id(), null, null), null, 10_000);
    }

    Listing listing(String externalId) {
        return listings.of(account.id(), List.of(externalId)).get(externalId);
    }

    Item anItem(String sku, String ean) {
        return catalogue.create(new ItemWish(sku, "Mug", ean, ItemType.SIMPLE, List.of()));
    }

    /** A GTIN that no other test uses. */
    static String anEan() {
        var digits = "%012d".formatted(Math.floorMod(UUID.randomUUID().getMostSignificantBits(), 1_000_000_000_000L));
        int sum = 0;
        for (int place = 0; place < 12; place++) {
            sum += (digits.charAt(place) - '0') * (place % 2 == 0 ? 1 : 3);
        }
        return digits + (10 - sum % 10) % 10;
    }

    void awaitLink(String externalId, Item item) {
        await().untilAsserted(() -> assertThat(listing(externalId).link())
                .isNotNull()
                .satisfies(link -> assertThat(link.item()).isEqualTo(item.id())));
    }

    Round round() {
        return rounds.find(account.id()).orElseThrow();
    }

    int shown(String externalId) {
        return listing(externalId).reading().quantity();
    }

    /** Turns until the round that is under way, or the first one, has reached its end. */
    void finish() {
        for (int turn = 0; turn < 100; turn++) {
            loop.turn(account);
            if (round().phase() == Phase.FINISHED) {
                return;
            }
        }
        throw new AssertionError("the round does not end: " + round());
    }

    static RunFinished run(PublishedEvents events) {
        RunFinished last = null;
        for (var run : events.ofType(RunFinished.class)) {
            last = run;
        }
        return Objects.requireNonNull(last);
    }
}
