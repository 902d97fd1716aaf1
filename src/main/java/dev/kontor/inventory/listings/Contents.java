package dev.kontor.inventory.listings;

import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import dev.kontor.inventory.ItemId;
import dev.kontor.inventory.ListingId;
import dev.kontor.inventory.items.BundleSaved;

import static java.time.ZoneOffset.UTC;

/**
 * How many of which item on the shelf one sale of a listing takes: kept beside the links, so that stock and listings find
 * each other with one question. What a marketplace keeps and sends takes nothing from the shelf.
 */
@Repository
public class Contents {

    private static final String CONTENT = """
            with recursive content (listing, item, each) as (
              select id, item, units::bigint from inventory.listings where id = any(:listings) and item is not null
                and not exists (select from inventory.listing_readings where listing = id and fulfilment = 'MARKETPLACE')
              union all
              select listing, part, each * quantity from content join inventory.bundle_parts on bundle = item
            ), shelf as (
              select listing, item, sum(each)::bigint as each from content join inventory.items on items.id = item
              where type not in ('BUNDLE', 'MADE_TO_ORDER', 'DIGITAL') group by listing, item
            )""";

    private final JdbcClient jdbc;
    private final Clock clock;

    Contents(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Joins the caller's transaction, in which the links were changed. */
    void refresh(Collection<ListingId> listings) {
        var ids = listings.stream().map(ListingId::value).toArray(UUID[]::new);
        changed(ids);
        jdbc.sql(CONTENT + """
                        delete from inventory.listing_contents c where c.listing = any(:listings)
                          and not exists (select from shelf s where (s.listing, s.item) = (c.listing, c.item))""").param("listings", ids).update();
        jdbc.sql(CONTENT + """
                        insert into inventory.listing_contents (listing, item, each) select * from shelf
                        on conflict (listing, item) do update set each = excluded.each""").param("listings", ids).update();
        changed(ids);
        // what is shown was given for other goods, or for none
        jdbc.sql("""
                        insert into inventory.publications (listing, account, external_id)
                        select id, account, external_id from inventory.listings where id = any(:listings)
                          and id in (select listing from inventory.listing_contents)
                        on conflict (listing) do update set excess = publications.exposure""").param("listings", ids).update();
        jdbc.sql("""
                        with ended as (
                          select listing from inventory.publications
                          where listing = any(:listings) and desired is not null
                            and listing not in (select listing from inventory.listing_contents)
                          order by listing for no key update
                        ), decided as (
                          insert into inventory.decisions (listing, at) select listing, :now from ended
                        )
                        update inventory.publications p set desired = null, guarded = false, steps = null
                        from ended where p.listing = ended.listing""")
                .param("listings", ids)
                .param("now", clock.instant().atOffset(UTC))
                .update();
    }

    private void changed(UUID[] listings) {
        jdbc.sql("""
                        insert into inventory.changed_items (item)
                        select distinct item from inventory.listing_contents where listing = any(:listings)""").param("listings", listings).update();
    }

    @EventListener
    void on(BundleSaved event) {
        var selling = selling(event.bundle());
        if (!selling.isEmpty()) {
            refresh(selling);
        }
    }

    /** Listings of the bundle, and of bundles that it is a part of. */
    private List<ListingId> selling(ItemId bundle) {
        return jdbc.sql("""
                        with recursive above (item) as (
                          select cast(:bundle as uuid)
                          union
                          select bundle from above join inventory.bundle_parts on part = item
                        )
                        select id from inventory.listings where item in (select item from above)""")
                .param("bundle", bundle.value())
                .query((row, number) -> new ListingId(row.getObject("id", UUID.class)))
                .list();
    }
}
