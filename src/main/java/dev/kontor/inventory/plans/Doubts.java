package dev.kontor.inventory.plans;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import dev.kontor.inventory.ItemId;
import dev.kontor.inventory.ListingId;

import static java.time.ZoneOffset.UTC;

/** Tells which counts are not believed yet: all of a source that jumps, and what a plan keeps back. */
@Repository
public class Doubts {

    /** A source with an open plan is measured by all that it has said since, or it would be believed by waiting. */
    private static final String DOUBTED = """
            with said as (
              select * from inventory.statements where item in (ITEMS) and (change is null or change <> 0)
            ), sources as (
              select s.source, least(:since::timestamptz, min(p.opened_at) - :window::interval) as since
              from (select distinct source from said) s left join inventory.plans p
                on p.cause = 'SOURCE' and p.subject = s.source and p.state = 'OPEN'
              group by s.source
            ), jumping as (
              select o.source, sources.since from sources
              join inventory.statements o on o.source = sources.source and o.at > sources.since
              group by o.source, sources.since
              having count(*) >= :least and count(*) filter (where o.jumped_at > sources.since) > count(*) * :share
            ), doubted as (
              select distinct on (said.item) said.* from said
              where exists (select from jumping where jumping.source = said.source and said.at > jumping.since)
                or exists (select from inventory.listing_contents c
                  join inventory.plan_listings w on w.listing = c.listing and w.held
                  join inventory.plans p on p.id = w.plan and p.cause = 'SOURCE' and p.subject = said.source
                  where c.item = said.item and (p.state = 'OPEN' and said.jumped_at is not null
                    or p.state = 'REJECTED' and said.at <= p.decided_at))
              order by said.item, said.at desc
            )
            """;

    private final JdbcClient jdbc;
    private final PlanProperties properties;

    Doubts(JdbcClient jdbc, PlanProperties properties) {
        this.jdbc = jdbc;
        this.properties = properties;
    }

    /**
     * Units of the seller's own that are there and not spoken for.
     *
     * @param doubted whether somebody is not believed who has changed that
     * @param change by how much; null where nobody had said anything before
     */
    public record Stock(
            long available, boolean doubted, @Nullable Long change) {}

    /** Asked once, for what is there and what is doubted of it change together. */
    public Map<ItemId, Stock> stock(UUID[] items, Instant now) {
        var stock = new HashMap<ItemId, Stock>();
        asked("select unnest(:items::uuid[])", """
                select item.id, coalesce((select sum(present - reserved) from inventory.positions p
                    where p.item = item.id and stock_type = 'OWN'), 0) as available,
                  doubted.item is not null as doubted, doubted.change
                from unnest(:items::uuid[]) as item (id) left join doubted on doubted.item = item.id""", now).param("items", items).query(row -> {
            stock.put(
                    new ItemId(row.getObject("id", UUID.class)),
                    new Stock(
                            row.getLong("available"), row.getBoolean("doubted"), row.getObject("change", Long.class)));
        });
        return stock;
    }

    /** For each listing that sells something of which a count is doubted: whose. */
    Map<ListingId, String> sources(Collection<ListingId> listings, Instant now) {
        var sources = new HashMap<ListingId, String>();
        asked("select item from inventory.listing_contents where listing = any(:listings)", """
                select distinct on (c.listing) c.listing, doubted.source from inventory.listing_contents c
                join doubted using (item) where c.listing = any(:listings) order by c.listing, doubted.at desc""", now)
                .param("listings", listings.stream().map(ListingId::value).toArray(UUID[]::new))
                .query(row -> {
                    sources.put(new ListingId(row.getObject("listing", UUID.class)), row.getString("source"));
                });
        return sources;
    }

    private JdbcClient.StatementSpec asked(String items, String question, Instant now) {
        return jdbc.sql(DOUBTED.replace("ITEMS", items) + question)
                .param("since", now.minus(properties.window()).atOffset(UTC))
                .param("window", properties.window().toSeconds() + " s")
                .param("least", properties.least())
                .param("share", properties.sourceShare());
    }
}
