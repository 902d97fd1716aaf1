package dev.kontor.inventory.reading;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.modulith.test.PublishedEvents;

import dev.kontor.accounts.Accounts.AccountView;
import dev.kontor.accounts.RunFinished;
import dev.kontor.accounts.RunFinished.Status;
import dev.kontor.inventory.InventoryTest;
import dev.kontor.inventory.Stockroom;
import dev.kontor.inventory.items.Catalogue;
import dev.kontor.inventory.items.Item;
import dev.kontor.inventory.items.ItemType;
import dev.kontor.inventory.items.ItemWish;
import dev.kontor.inventory.listings.Listing;
import dev.kontor.inventory.listings.Listings;
import dev.kontor.inventory.listings.Proposal;
import dev.kontor.inventory.listings.Proposals;
import dev.kontor.inventory.reading.ListingRounds.Round.Phase;
import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.FakeMarketplace;
import dev.kontor.marketplaces.FakeMarketplace.Operation;
import dev.kontor.orders.Shops;

import static dev.kontor.marketplaces.FakeListing.aListing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What Kontor makes of what a marketplace offers. */
@InventoryTest
class ListingReadingModuleTests {

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

    FakeMarketplace shop;
    AccountView account;

    @BeforeEach
    void openAShop() {
        shop = new FakeMarketplace();
        account = shops.open(shop);
    }

    /** Turns until a round has reached its end. */
    private void read() {
        var before = rounds.find(account.id()).map(round -> round.number()).orElse(0L);
        for (int turn = 0; turn < 100; turn++) {
            loop.turn(account);
            var round = rounds.find(account.id()).orElseThrow();
            if (round.phase() == Phase.FINISHED && round.number() > before) {
                return;
            }
        }
        throw new AssertionError("the round does not end: " + rounds.find(account.id()));
    }

    private List<Listing> all() {
        return listings.list(new Listings.Filter(account.id(), null, null), null, 10_000);
    }

    private Listing listing(String externalId) {
        return listings.of(account.id(), List.of(externalId)).get(externalId);
    }

    private Item anItem(String sku, String ean) {
        return catalogue.create(new ItemWish(sku, "Mug", ean, ItemType.SIMPLE, List.of()));
    }

    /** A GTIN that no other test uses. */
    private static String anEan() {
        var digits = "%012d".formatted(Math.floorMod(UUID.randomUUID().getMostSignificantBits(), 1_000_000_000_000L));
        int sum = 0;
        for (int place = 0; place < 12; place++) {
            sum += (digits.charAt(place) - '0') * (place % 2 == 0 ? 1 : 3);
        }
        return digits + (10 - sum % 10) % 10;
    }

    private void awaitLink(String externalId, Item item) {
        await().untilAsserted(() -> assertThat(listing(externalId).link())
                .isNotNull()
                .satisfies(link -> assertThat(link.item()).isEqualTo(item.id())));
    }

    @Test
    void readsEveryPageAndKeepsWhatIsShown() {
        shop.pageSize(3);
        IntStream.range(0, 10).forEach(number -> shop.list(aListing("offer-" + number, null, number)));
        var before = Instant.now();

        read();

        assertThat(all()).hasSize(10).allSatisfy(listing -> {
            var reading = listing.reading();
            assertThat(reading.quantity()).isEqualTo(Integer.parseInt(listing.externalId().substring(6)));
            assertThat(reading.quantityAsOf()).isAfterOrEqualTo(before.minusMillis(1));
            assertThat(reading.status()).isEqualTo(dev.kontor.marketplaces.Listing.Status.ON_SALE);
            assertThat(reading.revision()).isEqualTo("1");
        });
        assertThat(rounds.find(account.id())).hasValueSatisfying(round -> {
            assertThat(round.listed()).isEqualTo(10);
            assertThat(round.total()).isEqualTo(10);
            assertThat(round.wholeAt()).isNotNull();
        });
    }

    @Test
    void readsOnWhereItWasKilled() {
        shop.pageSize(2);
        IntStream.range(0, 6).forEach(number -> shop.list(aListing("offer-" + number, null, number)));
        var pages = new AtomicInteger();
        shop.onCall((operation, argument) -> {
            if (operation == Operation.LISTINGS && pages.incrementAndGet() == 3) {
                throw new StackOverflowError("as good as a kill");
            }
        });
        try {
            loop.turn(account);
        } catch (StackOverflowError expected) {
            // nobody has cleaned up
        }
        assertThat(all()).hasSize(4);
        assertThat(rounds.find(account.id()).orElseThrow().phase()).isEqualTo(Phase.LISTING);
        shop.onCall((operation, argument) -> {});
        var callsBefore = shop.calls(Operation.LISTINGS);

        read2();

        assertThat(all()).hasSize(6);
        assertThat(rounds.find(account.id()).orElseThrow().number()).isEqualTo(1);
        assertThat(shop.calls(Operation.LISTINGS) - callsBefore).isEqualTo(2);
    }

    /** Turns until the round that is under way has reached its end. */
    private void read2() {
        for (int turn = 0; turn < 100 && rounds.find(account.id()).orElseThrow().phase() != Phase.FINISHED; turn++) {
            loop.turn(account);
        }
    }
}
