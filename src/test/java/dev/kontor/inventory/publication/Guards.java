package dev.kontor.inventory.publication;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.kontor.inventory.ItemId;
import dev.kontor.inventory.allocation.Strategy;
import dev.kontor.inventory.publication.Publication.Sent;
import dev.kontor.marketplaces.StockWriter.Command;
import dev.kontor.marketplaces.StockWriter.Kind;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Watches how items come under escrow and are let go again. What listings can sell beyond what is there when an item comes
 * under escrow was given before, by what was known then; as long as it is kept so, that never becomes more. What can be
 * sold is asked of the shops, and of what Kontor has sent there.
 */
class Guards {

    /** How {@link Totals} name what is watched. */
    static final String TAKEN = "listings put under escrow";

    static final String LET_GO = "listings mirrored again";
    static final String SOLD_GUARDED = "units sold under escrow";
    static final String SOLD_MIRRORED = "units sold mirrored";
    static final String OVERSOLD_BEFORE = "oversold by what was given before escrow";
    static final String SHOWS_ALL = "listings that show all in the evening";
    static final String DIVIDED = "listings that are divided in the evening";

    /** Nothing that is promised holds only because it never came about. */
    static void haveSeenAll(Totals totals) {
        for (var what : List.of(TAKEN, LET_GO, SOLD_GUARDED, SOLD_MIRRORED, SHOWS_ALL, DIVIDED, Oversold.MIRRORED)) {
            assertThat(totals.of(what)).as(what).isPositive();
        }
    }

    private static final long SCARCE_A_LISTING = 3;

    private final JdbcClient jdbc;

    Guards(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Row(boolean guarded, @Nullable Command open) {}

    /** No switch goes unnoticed, however short it lasts. */
    void watch() {
        jdbc.sql("""
                        create table inventory.switches (listing uuid not null, guarded boolean not null);
                        create function inventory.note_switch() returns trigger language plpgsql as $$
                        begin
                          insert into inventory.switches values (new.listing, new.guarded);
                          return null;
                        end $$;
                        create trigger note_switch after update on inventory.publications for each row
                          when (old.guarded <> new.guarded and old.desired is not null) execute function inventory.note_switch()""").update();
    }

    void leave() {
        jdbc.sql("drop table inventory.switches; drop function inventory.note_switch cascade")
                .update();
    }

    /** What of each item that is under escrow can be sold too much does not become more. */
    void check(Day day) {
        if (day.strategy != Strategy.AUTO) {
            return;
        }
        var rows = rows();
        var letGo = letGo(day);
        for (var item : day.goods.items) {
            if (!guarded(day, item.id(), rows)
                    || takers(day, item.id()).stream().anyMatch(it -> letGo.contains(id(it)))) {
                day.tooMany.remove(item.id());
                continue;
            }
            long now = tooMany(day, item.id(), rows);
            var before = day.tooMany.get(item.id());
            if (before != null && !day.byHand) {
                assertThat(now)
                        .as("units of %s that can be sold and are not there", item.sku())
                        .isLessThanOrEqualTo(before);
            }
            day.tooMany.put(item.id(), Math.max(0, now));
        }
    }

    private long tooMany(Day day, ItemId item, Map<UUID, Row> rows) {
        return takers(day, item).stream()
                        .mapToLong(offer -> offer.unitsOf(item)
                                * offer.stall
                                        .shop()
                                        .sellable(
                                                offer.id(), rows.get(id(offer)).open()))
                        .sum()
                - day.goods.remaining(item);
    }

    private static List<Offer> takers(Day day, ItemId item) {
        return day.goods.offers.stream()
                .filter(offer -> offer.unitsOf(item) > 0)
                .toList();
    }

    private static boolean guarded(Day day, ItemId item, Map<UUID, Row> rows) {
        return takers(day, item).stream().allMatch(offer -> rows.get(id(offer)).guarded());
    }

    private static UUID id(Offer offer) {
        return offer.listing.id().value();
    }

    private Set<UUID> letGo(Day day) {
        var letGo = new HashSet<UUID>();
        jdbc.sql("delete from inventory.switches returning listing, guarded").query(row -> {
            boolean guarded = row.getBoolean("guarded");
            if (!guarded) {
                letGo.add(row.getObject("listing", UUID.class));
            }
            day.totals.add(guarded ? TAKEN : LET_GO, 1);
        });
        return letGo;
    }

    private Map<UUID, Row> rows() {
        var rows = new HashMap<UUID, Row>();
        jdbc.sql(
                        "select listing, external_id, guarded, command, kind, quantity, reactivate, revision from inventory.publications")
                .query(row -> {
                    var command = row.getObject("command", UUID.class);
                    rows.put(
                            row.getObject("listing", UUID.class),
                            new Row(
                                    row.getBoolean("guarded"),
                                    command == null
                                            ? null
                                            : new Command(
                                                    command,
                                                    List.of(new Sent(
                                                                    Kind.valueOf(row.getString("kind")),
                                                                    row.getLong("quantity"),
                                                                    row.getBoolean("reactivate"),
                                                                    row.getString("revision"),
                                                                    Instant.EPOCH,
                                                                    Instant.EPOCH)
                                                            .change(row.getString("external_id"))))));
                });
        return rows;
    }

    /** A sale was made. */
    void sold(Day day, Sale sale) {
        if (day.strategy == Strategy.AUTO) {
            boolean guarded = rows().get(id(sale.offer)).guarded();
            day.totals.add(guarded ? SOLD_GUARDED : SOLD_MIRRORED, sale.quantity);
        }
    }

    /** More of the item is sold than is there, which under escrow only what was given before it can bring about. */
    void oversold(Day day, ItemId item, long units) {
        var before = day.tooMany.get(item);
        if (!guarded(day, item, rows()) || day.byHand) {
            return;
        }
        if (before != null && wasNotLetGo(day, item)) {
            assertThat(-day.goods.remaining(item))
                    .as("units of %s sold under escrow and not there", item)
                    .isLessThanOrEqualTo(before);
        }
        day.totals.add(OVERSOLD_BEFORE, units);
    }

    private boolean wasNotLetGo(Day day, ItemId item) {
        return jdbc.sql("select not exists (select from inventory.switches where listing = any(?) and not guarded)")
                .param(takers(day, item).stream().map(Guards::id).toArray(UUID[]::new))
                .query(Boolean.class)
                .single();
    }

    /**
     * When all is told: what is scarce is divided, and of what there is plenty each listing shows all. In between it is as it
     * was. Nobody sells so fast here that more were scarce.
     */
    void close(Day day) {
        if (day.strategy != Strategy.AUTO) {
            return;
        }
        var rows = rows();
        for (var offer : day.goods.offers) {
            boolean scarce = offer.each.keySet().stream().anyMatch(item -> left(day, item) <= limit(day, item));
            boolean plenty = offer.each.keySet().stream().allMatch(item -> left(day, item) > 2 * limit(day, item));
            boolean guarded = rows.get(id(offer)).guarded();
            assertThat(guarded).as("%s is guarded", offer).isIn(scarce, !plenty);
            if (!guarded) {
                assertThat((long) offer.shown())
                        .as("shown of %s", offer)
                        .isEqualTo(offer.each.entrySet().stream()
                                .mapToLong(it -> left(day, it.getKey()) / it.getValue())
                                .min()
                                .orElseThrow());
            }
            day.totals.add(guarded ? DIVIDED : SHOWS_ALL, 1);
        }
    }

    private static long left(Day day, ItemId item) {
        return Math.max(0, day.goods.remaining(item));
    }

    private static long limit(Day day, ItemId item) {
        return SCARCE_A_LISTING
                * takers(day, item).stream().mapToLong(it -> it.unitsOf(item)).sum();
    }
}
