package dev.kontor.inventory.publication;

import java.time.Instant;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import dev.kontor.inventory.ListingId;

import static java.time.ZoneOffset.UTC;

/**
 * Keeps what buyers were seen to be shown, and by how much that was more than by Kontor's own doing: what was to be expected
 * after the last write, less the sales that are known, whatever was read and believed since. The same number again is no
 * news, unless it was written or sold in between.
 */
@Repository
class Sightings {

    private static final String NOTE = """
            insert into inventory.sightings (listing, at, quantity, unexpected, write)
            select p.listing, told.at, told.quantity,
              case when told.shown > base.quantity then greatest(0, told.shown - told.doubtful - base.quantity)
                else told.shown - base.quantity end,
              sent.write
            from (%s) as told (listing, at, quantity, shown, doubtful)
            join inventory.publications p on p.listing = told.listing and p.command is null
            cross join lateral (select max(id) as write from inventory.writes w where w.listing = p.listing) sent
            left join lateral (
              select *, lag(at) over (order by at, id) as before from (select * from inventory.sightings s
                where s.listing = p.listing order by at desc, id desc limit 2) as two
              order by at desc, id desc limit 1) last on true
            cross join lateral (
              select case when last.unexpected is null or exists (select from inventory.writes w
                  where w.listing = p.listing and w.id > coalesce(last.write, 0) and w.state not in ('REJECTED', 'EXPIRED'))
                then p.expected
                else last.quantity - last.unexpected - coalesce((select sum(sold.quantity) from inventory.sold_lines sold
                  where sold.listing = p.listing and sold.placed_at > coalesce(last.before, last.at)
                    and coalesce(sold.heard_at, sold.placed_at) > last.at), 0) end as quantity) base
            where last.id is null or last.at <= told.at and (last.quantity <> told.quantity
              or last.write is distinct from sent.write
              or exists (select from inventory.sold_lines sold
                where sold.listing = p.listing and sold.placed_at > last.at))
            order by p.listing for no key update of p""";

    private final JdbcClient jdbc;

    Sightings(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Before it is compared with what was to be expected, in the same transaction; a reading that counts for nothing is no
     * sighting either.
     *
     * @param raw as it was read
     * @param shown less the sales that are known to have come after it
     * @param doubtful how many may be in it or not
     */
    void note(ListingId listing, long era, long raw, long shown, long doubtful, Instant asOf) {
        jdbc.sql(NOTE.formatted("""
                        select listing, :as_of::timestamptz, :raw::bigint, :shown::bigint, :doubtful::bigint
                        from inventory.publications where listing = :listing and era = :era"""))
                .param("listing", listing.value())
                .param("era", era)
                .param("raw", raw)
                .param("shown", shown)
                .param("doubtful", doubtful)
                .param("as_of", asOf.atOffset(UTC))
                .update();
    }

    /**
     * What a list told of these where nothing is written, and so nothing else is read. It may lag: what was sold since, and
     * may be in it or not, it says nothing of.
     */
    void noteListed(UUID[] listings) {
        jdbc.sql(NOTE.formatted("""
                        select r.listing, r.quantity_as_of, r.quantity, r.quantity, 0
                        from inventory.listing_readings r join inventory.publications o using (listing)
                        join inventory.takeovers t on t.account = o.account
                        where r.listing = any(:listings) and r.quantity is not null and r.gone_at is null
                          and t.mode <> 'WRITING' and r.quantity_as_of >= o.fresh_at
                          and not exists (select from inventory.sold_lines s
                            where s.listing = r.listing and s.placed_at > r.quantity_as_of)""")).param("listings", listings).update();
    }
}
