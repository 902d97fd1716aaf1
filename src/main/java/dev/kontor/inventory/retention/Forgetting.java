package dev.kontor.inventory.retention;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import static java.time.ZoneOffset.UTC;

/**
 * Deletes old writes, decisions, sightings and sales in small pieces, each a transaction of its own. Two that do so at once do the same as one.
 *
 * <p>A sale may be told of again, or change, however old it is; then the difference counts to what is known of it. So
 * before sales are forgotten it is written down until when, and what is told of such a sale afterwards is no news of a
 * sale, but a reason to look at the listing.
 */
@Repository
public class Forgetting {

    private static final int AT_ONCE = 1_000;

    private final JdbcClient jdbc;
    private final RetentionProperties properties;
    private final Clock clock;

    Forgetting(JdbcClient jdbc, RetentionProperties properties, Clock clock) {
        this.jdbc = jdbc;
        this.properties = properties;
        this.clock = clock;
    }

    public record Forgotten(long writes, long decisions, long sightings, long soldLines) {

        public long all() {
            return writes + decisions + sightings + soldLines;
        }
    }

    /** Not inside a transaction. */
    public Forgotten forget() {
        var now = clock.instant();
        var writes = now.minus(properties.writes());
        return new Forgotten(
                but("writes", "sent_at", writes),
                but("decisions", "at", writes),
                but("sightings", "at", writes),
                soldLines(now.minus(properties.soldLines())));
    }

    private record Piece(long count, long last) {}

    /** But for the last one of each listing: it tells what that is to show, and may be under way. */
    private long but(String table, String column, Instant before) {
        long all = 0;
        var piece = new Piece(AT_ONCE, 0);
        while (piece.count() == AT_ONCE) {
            piece = jdbc.sql("""
                            with old as (
                              select w.id from inventory.TABLE w where w.id > :after and w.COLUMN < :before
                                and exists (select from inventory.TABLE next
                                  where next.listing = w.listing and next.id > w.id)
                              order by w.id limit :limit
                            ), gone as (delete from inventory.TABLE where id in (select id from old))
                            select count(*) as found, coalesce(max(id), 0) as last from old""".replace("TABLE", table).replace("COLUMN", column))
                    .param("after", piece.last())
                    .param("before", before.atOffset(UTC))
                    .param("limit", AT_ONCE)
                    .query((row, number) -> new Piece(row.getLong("found"), row.getLong("last")))
                    .single();
            all += piece.count();
        }
        return all;
    }

    private record Place(long found, Instant placedAt, UUID account, String line) {}

    private long soldLines(Instant before) {
        jdbc.sql("update inventory.forgotten_sales set until = greatest(until, ?)")
                .param(before.atOffset(UTC))
                .update();
        long all = 0;
        @Nullable Place place = new Place(AT_ONCE, Instant.EPOCH, new UUID(0, 0), "");
        while (place != null && place.found() == AT_ONCE) {
            place = piece(place, before);
            all += place == null ? 0 : place.found();
        }
        return all;
    }

    /** What is reserved may still be cancelled as a matter of course, and a reading of that time may still be believed. */
    private @Nullable Place piece(Place after, Instant before) {
        return jdbc.sql("""
                        with old as (
                          select s.account, s.line, s.placed_at from inventory.sold_lines s
                          where s.placed_at < :before
                            and (s.placed_at, s.account, s.line) > (:placed::timestamptz, :account::uuid, :line::text)
                            and not exists (select from inventory.claims c
                              where c.account = s.account and c.line = s.line and c.reserved > 0)
                            and not exists (select from inventory.publications p
                              where p.listing = s.listing and p.reading_at < s.placed_at + interval '7 days'
                                and (p.exposure <> p.reading or p.expected <> p.reading or p.unsure))
                          order by s.placed_at, s.account, s.line limit :limit
                        ), gone as (delete from inventory.sold_lines s using old
                          where s.account = old.account and s.line = old.line)
                        select count(*) over () as found, * from old order by placed_at desc, account desc, line desc limit 1""")
                .param("before", before.atOffset(UTC))
                .param("placed", after.placedAt().atOffset(UTC))
                .param("account", after.account())
                .param("line", after.line())
                .param("limit", AT_ONCE)
                .query((row, number) -> new Place(
                        row.getLong("found"),
                        row.getObject("placed_at", OffsetDateTime.class).toInstant(),
                        row.getObject("account", UUID.class),
                        row.getString("line")))
                .optional()
                .orElse(null);
    }
}
