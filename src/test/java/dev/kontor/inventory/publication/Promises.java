package dev.kontor.inventory.publication;

import java.util.HashMap;

import dev.kontor.inventory.ItemId;
import dev.kontor.inventory.allocation.Strategy;
import dev.kontor.marketplaces.OrderStatus;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What must hold at any time of what is under escrow: no listing can sell more than Kontor knows of, and all of them together promise
 * no more than there is.
 */
class Promises {

    private final Records records;
    private final Guards guards;

    Promises(Records records, Guards guards) {
        this.records = records;
        this.guards = guards;
    }

    void check(Day day) {
        records.learn(day);
        guards.check(day);
        if (day.strategy == Strategy.MIRROR) {
            return;
        }
        var goods = day.goods;
        var promises = records.byListing();
        var promised = new HashMap<ItemId, Long>();
        var shown = new HashMap<ItemId, Long>();
        for (var offer : goods.offers) {
            var promise = promises.get(offer.listing.id().value());
            long truly = offer.shown()
                    + goods.sales.stream()
                            .filter(sale -> sale.offer == offer)
                            .mapToLong(sale -> sale.sold() - sale.known)
                            .sum();
            assertThat(promise.guarded() || day.strategy == Strategy.AUTO)
                    .as("%s is guarded", offer)
                    .isTrue();
            if (!promise.guarded()) {
                continue;
            }
            if (truly <= promise.exposure() && offer.byHandAt.isBefore(promise.baseAt())) {
                offer.byHand = 0;
            }
            if (!promise.unsure()) {
                assertThat(truly)
                        .as("%s can sell unknown to Kontor", offer)
                        .isLessThanOrEqualTo(promise.exposure() + offer.byHand);
            }
            offer.each.forEach((item, each) -> {
                promised.merge(item, each * (promise.exposure() - promise.excess()), Long::sum);
                shown.merge(item, each * offer.shown(), Long::sum);
            });
        }
        if (day.byHand || day.strategy == Strategy.AUTO) { // what was given before escrow can be sold beside it
            return;
        }
        var available = records.available(goods);
        for (var item : goods.items) {
            long over = promised.getOrDefault(item.id(), 0L) - available.get(item.id());
            long notHeard = goods.sales.stream()
                    .filter(sale -> sale.status == OrderStatus.CANCELLED)
                    .mapToLong(sale -> sale.known * sale.offer.unitsOf(item.id()))
                    .sum();
            assertThat(over).as("promised of %s more than there is", item.sku()).isLessThanOrEqualTo(notHeard);
            assertThat(shown.getOrDefault(item.id(), 0L))
                    .as("for sale of %s", item.sku())
                    .isLessThanOrEqualTo(goods.remaining(item.id()));
        }
    }
}
