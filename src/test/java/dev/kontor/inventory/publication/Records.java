package dev.kontor.inventory.publication;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;

import dev.kontor.inventory.ItemId;
import dev.kontor.inventory.Stockroom;
import dev.kontor.inventory.oversells.Oversell;

/** What Kontor has on record. */
class Records {

    private final JdbcClient jdbc;
    private final Stockroom stockroom;
    private final Clock clock;

    Records(JdbcClient jdbc, Stockroom stockroom, Clock clock) {
        this.jdbc = jdbc;
        this.stockroom = stockroom;
        this.clock = clock;
    }

    /** Of a listing. */
    record Promise(boolean guarded, boolean unsure, long exposure, long excess, Instant baseAt) {}

    Promise of(Offer offer) {
        return byListing().get(offer.listing.id().value());
    }

    Map<UUID, Promise> byListing() {
        var records = new HashMap<UUID, Promise>();
        jdbc.sql("select listing, guarded, unsure, exposure, excess, base_at from inventory.publications")
                .query(row -> {
                    records.put(
                            row.getObject("listing", UUID.class),
                            new Promise(
                                    row.getBoolean("guarded"),
                                    row.getBoolean("unsure"),
                                    row.getLong("exposure"),
                                    row.getLong("excess"),
                                    row.getObject("base_at", OffsetDateTime.class)
                                            .toInstant()));
                });
        return records;
    }

    /** What the stock knows of by now. */
    void learn(Day day) {
        var known = new HashMap<String, Long>();
        jdbc.sql("select line, quantity from inventory.sold_lines").query(row -> {
            known.put(row.getString("line"), row.getLong("quantity"));
        });
        for (var sale : day.goods.sales) {
            var quantity = known.get("line-" + sale.id);
            if (quantity != null) {
                sale.known = quantity;
                sale.knownAt = sale.knownAt == null ? clock.instant() : sale.knownAt;
            }
        }
    }

    Map<ItemId, Long> available(Goods goods) {
        var available = new HashMap<ItemId, Long>();
        jdbc.sql("select item, sum(present - reserved) from inventory.positions where item = any(?) group by item")
                .param(goods.items.stream().map(item -> item.id().value()).toArray(UUID[]::new))
                .query(row -> {
                    available.put(new ItemId(row.getObject(1, UUID.class)), row.getLong(2));
                });
        return available;
    }

    boolean verifiedSince(Offer offer, Instant told) {
        return jdbc.sql("select exists (select from inventory.writes where listing = ? and sent_at > ?"
                        + " and verified_at is not null)")
                .params(offer.listing.id().value(), told.atOffset(ZoneOffset.UTC))
                .query(Boolean.class)
                .single();
    }

    /** What may have to do with it: all that moved the item, and all that was written to the listing and seen of it. */
    String around(Oversell oversell) {
        var listing = oversell.listing() == null ? null : oversell.listing().value();
        var around = new ArrayList<String>();
        jdbc.sql("""
                        select m.number, m.kind, m.present - m.reserved as change, m.present_after - m.reserved_after as left,
                          m.oversold, m.at, m.line, c.listing = :listing as here, s.quantity, s.placed_at, s.heard_at
                        from inventory.movements m
                        left join inventory.claims c on c.order_id = m.order_id and c.line = m.line and c.item = :item
                        left join inventory.sold_lines s on s.account = c.account and s.line = m.line
                        where m.position = :position order by m.number""")
                .param("listing", listing)
                .param("item", oversell.stock().item().value())
                .param("position", oversell.position())
                .query()
                .listOfRows()
                .forEach(row -> around.add(row.toString()));
        for (var table : List.of("writes", "sightings")) {
            jdbc.sql("select * from inventory." + table + " where listing = ? order by id")
                    .param(listing)
                    .query()
                    .listOfRows()
                    .forEach(row -> {
                        row.remove("steps");
                        around.add(table + " " + row);
                    });
        }
        return String.join("\n", around);
    }

    /** All of it, as it is now. */
    String state(Day day) {
        var state = new ArrayList<String>();
        for (var item : day.goods.items) {
            state.add(item.sku().substring(0, 8) + ": " + stockroom.available(item) + " in the ledger, "
                    + day.goods.remaining(item.id()) + " left");
        }
        for (var offer : day.goods.offers) {
            state.add(offer + " shows " + offer.shown() + ": "
                    + jdbc.sql("select desired, expected, exposure, excess, base_at, era, reading, reading_at, shown,"
                                    + " state, kind, quantity, command is not null as open, read_wanted, attempts,"
                                    + " retry_at, due_at, work from inventory.publications where listing = ?")
                            .param(offer.listing.id().value())
                            .query()
                            .singleRow());
        }
        return String.join("\n", state);
    }
}
