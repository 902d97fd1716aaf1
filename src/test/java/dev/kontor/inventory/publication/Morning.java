package dev.kontor.inventory.publication;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.function.Consumer;

import org.springframework.jdbc.core.simple.JdbcClient;

import dev.kontor.inventory.ItemId;
import dev.kontor.inventory.Stockroom;
import dev.kontor.inventory.allocation.Strategy;
import dev.kontor.inventory.items.Bundles;
import dev.kontor.inventory.items.Item;
import dev.kontor.inventory.items.Item.Part;
import dev.kontor.inventory.listings.Listing.Link;
import dev.kontor.inventory.listings.Listings;
import dev.kontor.inventory.listings.Listings.Seen;
import dev.kontor.inventory.publication.Street.Stall;
import dev.kontor.inventory.publication.Street.Trade;
import dev.kontor.inventory.reservations.Linking;
import dev.kontor.inventory.reservations.StockTakeover;
import dev.kontor.inventory.reservations.StockTakeover.Beginning;
import dev.kontor.marketplaces.FakeListing;

/** The shops open: goods, a bundle of them, and offers here and there, which show what they have to. */
class Morning {

    private static final Duration SKEW = Duration.ofSeconds(4);

    /** About as many as are scarce at some shops and plenty at others. */
    private static final int PLENTY = 60;

    private final Street street;
    private final Stockroom stockroom;
    private final Listings listings;
    private final Linking linking;
    private final Bundles bundles;
    private final StockTakeover takeover;
    private final Evening evening;
    private final JdbcClient jdbc;
    private final Clock clock;

    Morning(
            Street street,
            Stockroom stockroom,
            Listings listings,
            Linking linking,
            Bundles bundles,
            StockTakeover takeover,
            Evening evening,
            JdbcClient jdbc,
            Clock clock) {
        this.street = street;
        this.stockroom = stockroom;
        this.listings = listings;
        this.linking = linking;
        this.bundles = bundles;
        this.takeover = takeover;
        this.evening = evening;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** @param meanwhile what happens during a call, of which it is told the name */
    void open(Day day, Consumer<String> meanwhile) {
        var goods = day.goods;
        for (var stall : day.stalls) {
            day.skews.put(stall, Duration.ofMillis(day.dice.nextLong(-SKEW.toMillis(), SKEW.toMillis())));
            takeover.takeOver(stall.account(), Beginning.counted(clock.instant()), "test");
            jdbc.sql("update inventory.takeovers set mode = 'WRITING'").update();
            stall.shop().onCall((operation, argument) -> meanwhile.accept(operation.name()));
        }
        street.meanwhile(() -> meanwhile.accept("answer"));
        for (int number = 0; number < 3; number++) {
            int quantity = day.dice.nextInt(day.strategy == Strategy.AUTO ? PLENTY : 10);
            var item = stockroom.anItemWith(quantity + 1);
            goods.items.add(item);
            goods.add(item.id(), quantity + 1L);
        }
        var sellable = new ArrayList<>(goods.items);
        sellable.add(stockroom.aBundleOf(
                new Part(goods.items.get(0).sku(), 1),
                new Part(goods.items.get(1).sku(), 2)));
        for (var item : sellable) {
            for (var stall : day.stalls) {
                if (day.dice.nextInt(10) < 6) {
                    goods.offers.add(offer(day.dice, stall, item));
                }
            }
        }
        if (goods.offers.isEmpty()) {
            goods.offers.add(offer(day.dice, day.stalls.getFirst(), goods.items.getFirst()));
        }
        day.tell("opened " + goods.offers);
        evening.quiet(day);
    }

    private Offer offer(Dice dice, Stall stall, Item item) {
        int units = dice.nextInt(4) == 0 ? 2 : 1;
        var id = "offer-" + item.sku();
        var listed = FakeListing.aListing(id, item.sku(), 0);
        stall.shop().list(stall.trade() == Trade.LATER ? listed.withStatus("SOLD_OUT") : listed);
        var seen = new Seen(id, "", item.sku(), "Mug");
        var listing =
                listings.seen(stall.account(), List.of(seen), clock.instant()).get(seen);
        linking.link(listing.id(), new Link(item.id(), units, "test"), version -> {});
        var each = new HashMap<ItemId, Long>();
        bundles.contents(List.of(item.id()))
                .get(item.id())
                .forEach(content -> each.put(content.item(), content.quantity() * units));
        return new Offer(stall, listing, each);
    }
}
