package dev.kontor.inventory.publication;

import java.time.Clock;
import java.util.UUID;

import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import dev.kontor.inventory.ListingId;
import dev.kontor.inventory.ListingsRead;

import static java.time.ZoneOffset.UTC;

/**
 * A list that tells another quantity than was to be expected proves nothing, because it may lag behind; but it is a reason
 * to look. What is there again, or off sale, is thought over.
 */
@Component
class ReadListings {

    private final JdbcClient jdbc;
    private final Sightings sightings;
    private final Clock clock;

    ReadListings(JdbcClient jdbc, Sightings sightings, Clock clock) {
        this.jdbc = jdbc;
        this.sightings = sightings;
        this.clock = clock;
    }

    @EventListener
    void on(ListingsRead event) {
        var changed = event.changed().stream().map(ListingId::value).toArray(UUID[]::new);
        if (changed.length == 0) {
            return;
        }
        jdbc.sql("select from inventory.publications where listing = any(?) order by listing for no key update")
                .param(changed)
                .query(row -> {});
        sightings.noteListed(changed);
        jdbc.sql("""
                        update inventory.publications p set
                          read_first = read_first or (p.gone and r.gone_at is null),
                          read_wanted = true,
                          due_at = case when command is null then :now else due_at end,
                          gone = p.gone and r.gone_at is not null
                        from inventory.listing_readings r
                        where r.listing = p.listing and p.listing = any(:changed)
                          and (p.gone <> (r.gone_at is not null) or r.quantity is distinct from p.expected)""")
                .param("now", clock.instant().atOffset(UTC))
                .param("changed", changed)
                .update();
        jdbc.sql("""
                        insert into inventory.changed_items (item)
                        select distinct item from inventory.listing_contents where listing = any(:changed)""").param("changed", changed).update();
    }
}
