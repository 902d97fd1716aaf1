package dev.kontor.inventory.publication;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.kontor.inventory.ItemId;
import dev.kontor.inventory.items.Item;
import dev.kontor.marketplaces.OrderStatus;

/** What there truly is of a day's goods, where it is for sale, and what was sold of it. */
final class Goods {

    private static final Set<OrderStatus> GONE =
            EnumSet.of(OrderStatus.SHIPPED, OrderStatus.DELIVERED, OrderStatus.RETURNED);

    final List<Item> items = new ArrayList<>();
    final List<Offer> offers = new ArrayList<>();
    final List<Sale> sales = new ArrayList<>();
    private final Map<ItemId, Long> present = new HashMap<>();

    /** By how much more may have been promised than there is, because of somebody's hand. */
    private final Map<ItemId, Long> missing = new HashMap<>();

    /** Of which more was sold than was there, whether Kontor has come to know it or not. */
    final Set<ItemId> oversold = new LinkedHashSet<>();

    void add(ItemId item, long quantity) {
        present.merge(item, quantity, Long::sum);
    }

    void miss(ItemId item, long quantity) {
        missing.merge(item, quantity, Long::sum);
    }

    boolean missing(ItemId item) {
        return missing.getOrDefault(item, 0L) > 0;
    }

    /** What is truly left. */
    long remaining(ItemId item) {
        return present.get(item)
                - sales.stream()
                        .mapToLong(sale -> sale.sold() * sale.offer.unitsOf(item))
                        .sum();
    }

    /** What has not been shipped. */
    long inHouse(ItemId item) {
        return present.get(item)
                - sales.stream()
                        .filter(sale -> GONE.contains(sale.status))
                        .mapToLong(sale -> sale.quantity * sale.offer.unitsOf(item))
                        .sum();
    }

    /** What is not there cannot be shipped. */
    boolean onShelf(Sale sale) {
        return sale.offer.each.entrySet().stream()
                .allMatch(needed -> sale.quantity * needed.getValue() <= inHouse(needed.getKey()));
    }
}
