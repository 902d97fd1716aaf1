package dev.kontor.inventory.publication;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import dev.kontor.inventory.ListingId;
import dev.kontor.inventory.PlanId;
import dev.kontor.inventory.exposure.Exposures;

import static java.time.ZoneOffset.UTC;

/** What was known at a moment of the number that buyers were shown, and what kept Kontor from changing it. */
@Repository
class Circumstances {

    private final JdbcClient jdbc;

    Circumstances(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What was read last by then.
     *
     * @param unexpected by how much it was more than was to be expected, null where nothing was
     * @param write the last one that had been sent when it was read
     * @param heard what is known by now to have been sold before it, and was heard of between it and the moment
     * @param unheard the same, and heard of later than the moment
     */
    record Seen(
            long quantity,
            Instant at,
            @Nullable Long unexpected,
            @Nullable Long write,
            long heard,
            long unheard) {}

    /**
     * Sales after it was read.
     *
     * @param unheard of those how many were heard of later than the moment
     * @param written how many after the last write
     * @param cancelled one of them was
     * @param forgotten some of them may be
     */
    record Sold(long all, long unheard, long written, boolean cancelled, boolean forgotten) {}

    /**
     * @param seen null where nothing was read by then
     * @param standing what it was seen to show when it was what it was to show, less all that was sold since; of now only
     */
    record Known(
            @Nullable Seen seen,
            Sold sold,
            @Nullable Long standing,
            @Nullable PlanId plan,
            @Nullable Instant heldSince,
            boolean observed,
            @Nullable Instant observedSince,
            @Nullable Instant inactiveSince) {}

    /**
     * @param now whether the moment is now; of what was so earlier less is on record
     * @param writtenAt when the last write by then was sent
     */
    Optional<Known> of(ListingId listing, Instant moment, boolean now, @Nullable Instant writtenAt) {
        return jdbc.sql("""
                        with seen as (
                          select quantity, at, unexpected, write, lag(at) over (order by at, id) as before
                          from (select * from inventory.sightings where listing = :listing and at <= :moment
                            order by at desc, id desc limit 2) as last order by at desc, id desc limit 1
                        ), read as (
                          select * from seen union all
                          select quantity, quantity_as_of, null, null, null from inventory.listing_readings
                          where listing = :listing and quantity_as_of <= :moment and not exists (select from seen)
                        ), sale as (
                          select s.quantity, s.placed_at, s.placed_at > read.at + :clocks::interval as after,
                            coalesce(s.heard_at, s.placed_at) as heard_at, read.at, read.before
                          from read join inventory.sold_lines s on s.listing = :listing
                            and s.placed_at > coalesce(read.before, read.at) and (:now or s.placed_at <= :moment)
                        ), sold as (
                          select coalesce(sum(quantity) filter (where after), 0) as sold,
                            coalesce(sum(quantity) filter (where after and not :now and heard_at > :moment), 0) as unheard,
                            coalesce(sum(quantity) filter (where placed_at > :written::timestamptz + :clocks::interval
                              and (:now or heard_at <= :moment)), 0) as written,
                            coalesce(bool_or(after and quantity = 0), false) as cancelled,
                            coalesce(sum(quantity) filter (where not after and before is not null and heard_at > at
                              and (:now or heard_at <= :moment)), 0) as heard_before,
                            coalesce(sum(quantity) filter (where not after and before is not null
                              and not :now and heard_at > :moment), 0) as unheard_before
                          from sale
                        )
                        select read.*, sold.*, read.at < (select until from inventory.forgotten_sales) as forgotten,
                          case when :now and p.state = 'VERIFIED' and p.verified_at >= read.at then p.verified end as standing,
                          h.plan, h.at as held_since,
                          coalesce(case when not :now then m.mode end, t.mode) <> 'WRITING' as observed, m.at as observed_since,
                          case when not a.active then a.at end as inactive_since
                        from inventory.listings l
                        left join inventory.publications p on p.listing = l.id
                        left join inventory.takeovers t on t.account = l.account
                        left join lateral (select * from inventory.modes where account = l.account and at <= :moment
                          order by at desc limit 1) m on true
                        left join lateral (select * from inventory.activations where account = l.account and at <= :moment
                          order by at desc limit 1) a on true
                        left join lateral (select * from inventory.plan_listings w where w.listing = l.id
                          and case when :now then w.plan = p.plan
                            else w.at <= :moment and (w.held or w.released_at > :moment) end
                          order by w.at desc limit 1) h on true
                        left join read on true cross join sold
                        where l.id = :listing""")
                .param("listing", listing.value())
                .param("moment", moment.atOffset(UTC))
                .param("now", now)
                .param("written", writtenAt == null ? null : writtenAt.atOffset(UTC))
                .param("clocks", Exposures.CLOCKS.toSeconds() + " s")
                .query(Circumstances::known)
                .optional();
    }

    private static Known known(ResultSet row, int number) throws SQLException {
        var plan = row.getObject("plan", UUID.class);
        return new Known(
                seen(row),
                new Sold(
                        row.getLong("sold"),
                        row.getLong("unheard"),
                        row.getLong("written"),
                        row.getBoolean("cancelled"),
                        row.getBoolean("forgotten")),
                row.getObject("standing", Long.class),
                plan == null ? null : new PlanId(plan),
                instant(row, "held_since"),
                row.getBoolean("observed"),
                instant(row, "observed_since"),
                instant(row, "inactive_since"));
    }

    private static @Nullable Seen seen(ResultSet row) throws SQLException {
        var quantity = row.getObject("quantity", Long.class);
        var at = instant(row, "at");
        return quantity == null || at == null
                ? null
                : new Seen(
                        quantity,
                        at,
                        row.getObject("unexpected", Long.class),
                        row.getObject("write", Long.class),
                        row.getLong("heard_before"),
                        row.getLong("unheard_before"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
