package dev.kontor.marketplaces.amazon;

import dev.kontor.marketplaces.Cursor;

/**
 * Where the list of what lies in Amazon's warehouses goes on, marketplace by marketplace.
 *
 * @param marketplace which of the account's, from 0
 * @param token of the next page, which is good for half a minute; empty for a first one
 * @param used whether any marketplace before knew of goods
 */
record WarehousePosition(int marketplace, String token, boolean used) {

    static final WarehousePosition START = new WarehousePosition(0, "", false);

    static WarehousePosition of(Cursor cursor) {
        var parts = cursor.value().split("\\|", 3);
        return new WarehousePosition(Integer.parseInt(parts[0]), parts[2], parts[1].equals("used"));
    }

    Cursor cursor() {
        return new Cursor(marketplace + "|" + (used ? "used" : "") + "|" + token);
    }
}
