package dev.kontor.inventory.publication;

import java.time.Clock;
import java.util.UUID;

import dev.kontor.inventory.Stockroom;
import dev.kontor.inventory.allocation.Strategy;
import dev.kontor.inventory.items.Item;
import dev.kontor.inventory.ledger.Entry.Change;
import dev.kontor.inventory.ledger.MovementKind;

/** Gets goods in, and on some days does what nobody can foresee. */
class Seller {

    private final Stockroom stockroom;
    private final Fate fate;
    private final Clock clock;

    Seller(Stockroom stockroom, Fate fate, Clock clock) {
        this.stockroom = stockroom;
        this.fate = fate;
        this.clock = clock;
    }

    void receive(Day day) {
        var item = day.dice.any(day.goods.items);
        boolean many = day.strategy == Strategy.AUTO && day.dice.nextInt(4) == 0;
        int quantity = 1 + day.dice.nextInt(many ? 60 : 4);
        move(day, item, day.dice.nextBoolean() ? MovementKind.RECEIPT : MovementKind.CORRECTION, quantity);
    }

    /** Outside of what any protocol can guarantee. */
    void interfere(Day day) {
        var dice = day.dice;
        var goods = day.goods;
        if (dice.nextInt(4) == 0) {
            var item = dice.any(goods.items);
            int less = 1 + dice.nextInt(2);
            if (goods.inHouse(item.id()) >= less) {
                move(day, item, MovementKind.CORRECTION, -less);
                goods.miss(item.id(), less);
            }
            return;
        }
        var offer = dice.any(goods.offers);
        if (!offer.stall.shop().onSale(offer.id())) {
            return;
        }
        int before = offer.shown();
        int after = dice.nextInt(6);
        offer.stall.shop().sellerShows(offer.id(), after);
        offer.byHand += Math.max(0, after - before);
        offer.byHandAt = clock.instant();
        day.tell("by hand: " + offer + " from " + before + " to " + after);
    }

    private void move(Day day, Item item, MovementKind kind, int quantity) {
        fate.spares();
        stockroom.post(UUID.randomUUID().toString(), item, kind, new Change.By(quantity, 0));
        day.goods.add(item.id(), quantity);
        day.tell(kind + " " + quantity + " of " + item.sku().substring(0, 8));
    }
}
