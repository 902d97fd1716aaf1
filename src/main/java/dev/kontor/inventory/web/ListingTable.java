package dev.kontor.inventory.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.kontor.api.Cell;
import dev.kontor.api.Table;
import dev.kontor.api.Table.Column;
import dev.kontor.inventory.ItemId;
import dev.kontor.inventory.items.Item;
import dev.kontor.inventory.items.Items;
import dev.kontor.inventory.listings.Listing;
import dev.kontor.inventory.listings.Listing.Link;
import dev.kontor.inventory.listings.Listing.Reading;

/** Listings as a table, with the SKU of the item that each sells. */
final class ListingTable {

    private static final int AT_ONCE = 500;

    private ListingTable() {}

    record Row(Listing listing, @Nullable Item item) {

        Cell link(Function<Link, Cell> cell) {
            return listing.link() == null ? new Cell.Empty() : cell.apply(listing.link());
        }

        Cell reading(Function<Reading, Cell> cell) {
            return listing.reading() == null ? new Cell.Empty() : cell.apply(listing.reading());
        }
    }

    private static final List<Column<Row>> COLUMNS = List.of(
            new Column<>("id", row -> Cell.of(row.listing().id().toString())),
            new Column<>("account", row -> Cell.of(row.listing().account().toString())),
            new Column<>("externalId", row -> Cell.of(row.listing().externalId())),
            new Column<>("sku", row -> Cell.of(row.listing().sku())),
            new Column<>("ean", row -> Cell.of(row.listing().ean())),
            new Column<>("name", row -> Cell.of(row.listing().name())),
            new Column<>(
                    "item",
                    row -> Cell.of(row.item() == null ? null : row.item().sku())),
            new Column<>("units", row -> row.link(link -> Cell.of(link.units()))),
            new Column<>("linkedBy", row -> row.link(link -> Cell.of(link.by()))),
            new Column<>(
                    "fulfilment",
                    row -> row.reading(reading -> Cell.of(reading.fulfilment().name()))),
            new Column<>(
                    "status",
                    row -> row.reading(reading -> Cell.of(reading.status().name()))),
            new Column<>("marketplaceStatus", row -> row.reading(reading -> Cell.of(reading.marketplaceStatus()))),
            new Column<>("shown", row -> row.reading(reading -> Cell.of(reading.quantity()))),
            new Column<>("shownAsOf", row -> row.reading(reading -> Cell.of(reading.quantityAsOf()))),
            new Column<>("goneAt", row -> row.reading(reading -> Cell.of(reading.goneAt()))),
            new Column<>("state", row -> Cell.of(row.listing().stock().state().name())),
            new Column<>("desired", row -> Cell.of(row.listing().stock().desired())),
            new Column<>("verified", row -> Cell.of(row.listing().stock().verified())),
            new Column<>("verifiedAt", row -> Cell.of(row.listing().stock().verifiedAt())));

    static Table<Row> of(Consumer<Consumer<Listing>> listings, Items items) {
        return new Table<>("listings", COLUMNS, writer -> {
            var page = new ArrayList<Listing>();
            listings.accept(listing -> {
                page.add(listing);
                if (page.size() == AT_ONCE) {
                    write(page, items, writer);
                }
            });
            write(page, items, writer);
        });
    }

    private static void write(List<Listing> page, Items items, Consumer<? super Row> writer) {
        Map<ItemId, Item> sold = items.byId(page.stream()
                .map(Listing::link)
                .filter(Objects::nonNull)
                .map(Link::item)
                .distinct()
                .toList());
        page.forEach(listing -> writer.accept(new Row(
                listing, listing.link() == null ? null : sold.get(listing.link().item()))));
        page.clear();
    }
}
