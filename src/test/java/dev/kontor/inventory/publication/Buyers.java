package dev.kontor.inventory.publication;

import java.time.Clock;
import java.util.UUID;

import dev.kontor.marketplaces.OrderStatus;
import dev.kontor.orders.OrderId;

/** Buy what is shown, whether it is there or not; then it is shipped to them, or they return it, or nothing comes of it. */
class Buyers {

    private final Oversold oversold;
    private final Records records;
    private final Guards guards;
    private final Clock clock;

    Buyers(Oversold oversold, Records records, Guards guards, Clock clock) {
        this.oversold = oversold;
        this.records = records;
        this.guards = guards;
        this.clock = clock;
    }

    void buy(Day day) {
        var dice = day.dice;
        var goods = day.goods;
        var open = goods.offers.stream().filter(offer -> offer.shown() > 0).toList();
        if (open.isEmpty()) {
            return;
        }
        var offer = dice.any(open);
        boolean touched = offer.byHand > 0 || day.byHand && records.of(offer).excess() > 0;
        int sold = offer.stall.shop().sell(offer.id(), 1 + dice.nextInt(3));
        if (sold == 0) {
            return;
        }
        var now = clock.instant();
        var sale = new Sale(
                new OrderId(new UUID(dice.nextLong(), dice.nextLong())),
                offer,
                sold,
                now,
                now.plus(day.skews.get(offer.stall)),
                now.plusMillis(dice.nextInt(6) == 0 ? dice.nextInt(200_000) : dice.nextInt(5_000)));
        goods.sales.add(sale);
        day.totals.add("units sold", sold);
        guards.sold(day, sale);
        if (touched) { // what was promised to others may not be there any more
            offer.each.forEach((item, each) -> goods.miss(item, each * sold));
        }
        day.tell("sold " + sold + " at " + offer + ", " + sale.id);
        offer.each.forEach((item, each) -> {
            long left = goods.remaining(item);
            if (left < 0) {
                oversold.by(day, sale, item, Math.min(-left, each * sold));
            }
        });
    }

    /** Some order goes on. */
    void change(Day day) {
        var dice = day.dice;
        var open = day.goods.sales.stream()
                .filter(sale -> sale.status.compareTo(OrderStatus.SHIPPED) < 0)
                .toList();
        var gone = day.goods.sales.stream()
                .filter(sale -> sale.status == OrderStatus.SHIPPED)
                .toList();
        int thrown = dice.nextInt(10);
        if (thrown < 1 && !gone.isEmpty()) {
            update(day, dice.any(gone), dice.nextBoolean() ? OrderStatus.RETURNED : OrderStatus.DELIVERED);
        } else if (!open.isEmpty()) {
            var sale = dice.any(open);
            if (thrown < 5 && day.goods.onShelf(sale)) {
                update(day, sale, OrderStatus.SHIPPED);
            } else if (thrown < 6) {
                update(day, sale, OrderStatus.PROCESSING);
            } else {
                int back = dice.nextBoolean() ? sale.offer.stall.shop().putBack(sale.offer.id(), sale.quantity) : 0;
                if (back > 0) {
                    sale.offer.putBackAt = clock.instant();
                }
                day.tell("put back " + back);
                update(day, sale, OrderStatus.CANCELLED);
            }
        }
    }

    private void update(Day day, Sale sale, OrderStatus status) {
        sale.status = status;
        sale.news = true;
        sale.visibleAt = clock.instant().plusMillis(day.dice.nextInt(20_000));
        day.tell(status + " " + sale.id + " " + sale.quantity + " of " + sale.offer);
    }
}
