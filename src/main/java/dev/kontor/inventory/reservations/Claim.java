package dev.kontor.inventory.reservations;

import org.jspecify.annotations.Nullable;

import dev.kontor.inventory.ItemId;
import dev.kontor.inventory.ListingId;
import dev.kontor.inventory.items.WarehouseId;
import dev.kontor.orders.OrderId;

/**
 * What an order's line has of an item.
 *
 * @param line the marketplace's id of the line, which it keeps when orders are merged
 * @param order that has the line
 * @param goods what the listing sold then; null where nobody wrote it down
 * @param each how many of the item one sale took; a bundle may consist of something else today
 * @param version grows with every change, and makes the keys of its movements
 */
record Claim(
        String line,
        ItemId item,
        WarehouseId warehouse,
        OrderId order,
        ListingId listing,
        @Nullable Goods goods,
        long each,
        long reserved,
        long shipped,
        long version) {

    /** So many units of an item, which may be a bundle. */
    record Goods(ItemId item, int units) {}

    static Claim none(String line, ItemId item, WarehouseId warehouse, OrderId order, ListingId listing) {
        return new Claim(line, item, warehouse, order, listing, null, 0, 0, 0, 0);
    }

    boolean empty() {
        return reserved == 0 && shipped == 0;
    }

    /** As it is to be for a listing that takes so many each; the same object where nothing changes. */
    Claim next(
            WarehouseId preferred,
            OrderId byOrder,
            ListingId byListing,
            @Nullable Goods goodsNow,
            long eachNow,
            long nowReserved,
            long nowShipped) {
        if (empty() && nowReserved == 0 && nowShipped == 0) {
            return this;
        }
        var place = empty() ? preferred : warehouse;
        var next =
                new Claim(line, item, place, byOrder, byListing, goodsNow, eachNow, nowReserved, nowShipped, version);
        return next.equals(this)
                ? this
                : new Claim(
                        line, item, place, byOrder, byListing, goodsNow, eachNow, nowReserved, nowShipped, version + 1);
    }

    /** Nothing is reserved any more; what was shipped is gone for good. */
    Claim released() {
        return next(warehouse, order, listing, goods, each, 0, shipped);
    }
}
