package dev.kontor.inventory.publication;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationEventPublisher;

import dev.kontor.HttpCaller;
import dev.kontor.accounts.AccountActivated;
import dev.kontor.accounts.AccountDeactivated;
import dev.kontor.accounts.AccountDeactivated.Reason;
import dev.kontor.accounts.AccountId;
import dev.kontor.inventory.items.Item;
import dev.kontor.inventory.ledger.Entry;
import dev.kontor.inventory.ledger.Entry.Change;
import dev.kontor.inventory.ledger.Ledger;
import dev.kontor.inventory.ledger.MovementKind;
import dev.kontor.inventory.listings.Listing;
import dev.kontor.inventory.oversells.Cause;
import dev.kontor.inventory.oversells.Examination;
import dev.kontor.inventory.oversells.Finding;
import dev.kontor.inventory.oversells.Oversell;
import dev.kontor.inventory.oversells.Oversells;
import dev.kontor.marketplaces.FakeMarketplace;
import dev.kontor.marketplaces.FakeOrder;
import dev.kontor.orders.OrderId;

import static org.assertj.core.api.Assertions.assertThat;

/** Shops that sell the same goods, and what was sold and is not there. */
abstract class OversellFixture extends PublicationFixture {

    @LocalServerPort
    int port;

    @Autowired
    Oversells oversells;

    @Autowired
    Examination examination;

    @Autowired
    Ledger ledger;

    @Autowired
    ApplicationEventPublisher events;

    HttpCaller caller;

    @BeforeEach
    void login() {
        caller = HttpCaller.nobody(port).login("administrator", "only-for-this-test");
    }

    /** Where an item is on sale. */
    record Place(Stall stall, Listing listing) {

        FakeMarketplace shop() {
            return stall.shop();
        }

        AccountId account() {
            return stall.account().id();
        }
    }

    /** A shop of its own that shows so many. */
    Place aPlace(Item item, int shown) {
        return aPlace(aStall(), item, shown);
    }

    Place aPlace(Stall stall, Item item, int shown) {
        return new Place(stall, list(stall, item, shown));
    }

    FakeOrder buy(Place place, int quantity) {
        return buy(place.stall(), place.listing(), quantity);
    }

    void hear(Place place) {
        hear(place.stall());
    }

    /** Kontor knows what was sold, and has told no marketplace yet. */
    FakeOrder sold(Place place, int quantity) {
        var order = buy(place, quantity);
        hear(place);
        follow();
        clock.advance(Duration.ofSeconds(1));
        return order;
    }

    /** Its owner does not want Kontor to work for the account. */
    void pause(Place place) {
        shops.pause(place.account());
        events.publishEvent(new AccountDeactivated(place.account(), Reason.PAUSED, clock.instant()));
    }

    void resume(Place place) {
        shops.resume(place.account());
        events.publishEvent(new AccountActivated(place.account(), place.shop().code(), clock.instant()));
    }

    /** Its listings show all of it, whatever others could sell meanwhile. */
    Item mirrored(int present) {
        var mug = stockroom.anItemWith(present);
        caller.send("PUT", "/api/v1/policies/items/" + mug.sku(), "{\"strategy\":\"MIRROR\"}");
        return mug;
    }

    /** The newest first. */
    List<Oversell> of(Item item) {
        return oversells.list(new Oversells.Filter(null, item.id(), null), null, 100);
    }

    /** The newest first. */
    List<Oversell> allExplained(Item item) {
        examination.examine();
        return of(item);
    }

    Oversell explained(Item item) {
        var found = allExplained(item);
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    /** What says most of the only oversell of the item. */
    Finding first(Item item, Cause cause) {
        var oversell = explained(item);
        assertThat(oversell.cause()).as("%s", oversell.findings()).isEqualTo(cause);
        return oversell.findings().getFirst();
    }

    List<Cause> causes(Item item) {
        return allExplained(item).getFirst().findings().stream()
                .map(Finding::cause)
                .toList();
    }

    /** Orders are followed, and nothing is written. */
    void follow() {
        perform("follow");
    }

    /** The units of a sale that Kontor hears of, and follows. */
    Entry reservation(Item item, long quantity) {
        var key = aKey();
        return new Entry(
                key,
                stockroom.stock(item),
                MovementKind.RESERVATION,
                new Change.By(0, quantity),
                new dev.kontor.inventory.ledger.Cause(
                        "orders", "sold", new OrderId(UUID.randomUUID()), "line of " + key));
    }

    void count(Item item, int present) {
        stockroom.post(aKey(), item, MovementKind.COUNT, new Change.To(present));
    }

    static String aKey() {
        return UUID.randomUUID().toString();
    }
}
