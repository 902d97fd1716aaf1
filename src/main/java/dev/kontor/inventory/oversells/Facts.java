package dev.kontor.inventory.oversells;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import dev.kontor.inventory.ListingId;
import dev.kontor.inventory.exposure.Exposures;
import dev.kontor.inventory.ledger.MovementKind;

import static java.time.ZoneOffset.UTC;

/** Reads what is on record around an oversell. */
@Repository
class Facts {

    /** So many movements before it may have to do with it, and so many after it. */
    private static final int BEFORE = 500;

    private static final int AFTER = 200;
    private static final int WRITES = 200;

    private final JdbcClient jdbc;

    Facts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param change of what is available
     * @param left what was available after it
     * @param listing that sold it, null where no order's line moved it
     * @param units of that listing, of which the change is
     * @param placedAt by the marketplace's clock
     */
    record Moved(
            long number,
            MovementKind kind,
            long change,
            long left,
            Instant at,
            @Nullable UUID order,
            @Nullable String line,
            @Nullable UUID account,
            @Nullable UUID listing,
            long units,
            @Nullable Instant placedAt,
            @Nullable Instant heardAt) {

        /** When the order was placed, or as late as it may have been. */
        Instant made() {
            return placedAt == null ? at : placedAt;
        }

        Instant heard() {
            return heardAt == null ? at : heardAt;
        }
    }

    /**
     * @param kind as the marketplace takes it: ABSOLUTE, RELATIVE or CONDITIONAL
     * @param quantity of a RELATIVE one the difference
     */
    record Sent(
            long number,
            String kind,
            long quantity,
            @Nullable Long desired,
            String state,
            Instant sentAt,
            @Nullable Instant appliedAt,
            @Nullable Instant verifiedAt,
            @Nullable Instant endedAt) {

        /** Since when it can not take effect any more as far as is known. */
        @Nullable
        Instant doneAt() {
            return appliedAt != null ? appliedAt : verifiedAt != null ? verifiedAt : endedAt;
        }

        boolean refused() {
            return state.equals("REJECTED");
        }

        /** The marketplace has taken it and says that it is not done. */
        boolean pending() {
            return state.equals("ACCEPTED");
        }

        /** Nobody knows whether it took effect. */
        boolean doubtful() {
            return appliedAt == null && verifiedAt == null && !refused() && !pending();
        }
    }

    /**
     * @param observed Kontor may not write there
     * @param inactive the account was not active when the sale was made
     * @param held a plan held the lower number back then
     * @param seen what buyers were last seen to be shown when it was what they were to be shown, and what before that; the
     *     latest first
     * @param firstSeenAt when that was so for the first time, null where it never was
     */
    record Standing(
            boolean observed,
            boolean inactive,
            boolean held,
            List<Seen> seen,
            @Nullable Instant firstSeenAt) {

        /** Buyers had not been shown what they were to be shown by then. */
        boolean unseen(Instant until) {
            return firstSeenAt == null || firstSeenAt.isAfter(until);
        }
    }

    record Seen(long shown, Instant at) {}

    /** Around the movement that made it worse, the newest first. */
    List<Moved> movements(Oversell oversell) {
        return jdbc.sql("""
                        select m.number, m.kind, m.present - m.reserved as change,
                          m.present_after - m.reserved_after as available, m.at, m.order_id, m.line, c.account,
                          c.listing, coalesce(abs(m.present - m.reserved) / nullif(c.each, 0), 0) as units, s.placed_at, s.heard_at
                        from inventory.movements m
                        left join lateral (select account, listing, each from inventory.claims
                          where order_id = m.order_id and line = m.line and item = :item limit 1) as c on true
                        left join inventory.sold_lines s on s.account = c.account and s.line = m.line
                        where m.position = :position and m.number between :first and :last
                        order by m.number desc""")
                .param("item", oversell.stock().item().value())
                .param("position", oversell.position())
                .param("first", oversell.movement() - BEFORE)
                .param("last", oversell.movement() + AFTER)
                .query(Facts::moved)
                .list();
    }

    private static Moved moved(ResultSet row, int number) throws SQLException {
        return new Moved(
                row.getLong("number"),
                MovementKind.valueOf(row.getString("kind")),
                row.getLong("change"),
                row.getLong("available"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getObject("order_id", UUID.class),
                row.getString("line"),
                row.getObject("account", UUID.class),
                row.getObject("listing", UUID.class),
                row.getLong("units"),
                instant(row, "placed_at"),
                instant(row, "heard_at"));
    }

    /** What was sent to the listing until then, the newest first. */
    List<Sent> writes(ListingId listing, Instant until) {
        return jdbc.sql("""
                        select * from inventory.writes where listing = ? and sent_at <= ? order by id desc limit ?""")
                .params(listing.value(), until.atOffset(UTC), WRITES)
                .query((row, number) -> new Sent(
                        row.getLong("id"),
                        row.getString("kind"),
                        row.getLong("quantity"),
                        row.getObject("desired", Long.class),
                        row.getString("state"),
                        row.getObject("sent_at", OffsetDateTime.class).toInstant(),
                        instant(row, "applied_at"),
                        instant(row, "verified_at"),
                        instant(row, "ended_at")))
                .list();
    }

    /** Units of a listing, by the marketplace's clock. */
    record Sold(Instant at, long units) {}

    /** What the listing is known to have sold between two instants, and what of it was not cancelled. */
    List<Sold> sold(ListingId listing, Instant after, Instant until) {
        return jdbc.sql("""
                        select placed_at, quantity from inventory.sold_lines
                        where listing = ? and placed_at > ? and placed_at <= ?""")
                .params(listing.value(), after.atOffset(UTC), until.atOffset(UTC))
                .query((row, number) -> new Sold(
                        row.getObject("placed_at", OffsetDateTime.class).toInstant(), row.getLong("quantity")))
                .list();
    }

    Optional<Standing> standing(ListingId listing, Instant soldAt) {
        return jdbc.sql("""
                        select coalesce((select m.mode from inventory.modes m
                            where m.account = l.account and m.at <= :sold order by m.at desc limit 1), t.mode)
                            <> 'WRITING' as observed,
                          coalesce((select not a.active from inventory.activations a
                            where a.account = l.account and a.at <= :sold order by a.at desc limit 1), false) as inactive,
                          exists (select from inventory.plan_listings w where w.listing = l.id and w.planned < w.shown
                            and w.at <= :sold::timestamptz + :clocks::interval
                            and (w.held or w.released_at > :sold::timestamptz - :clocks::interval)) as held,
                          p.seen, p.verified_at, p.seen_before, p.seen_before_at, p.first_seen_at
                        from inventory.listings l
                        join inventory.takeovers t on t.account = l.account
                        left join inventory.publications p on p.listing = l.id where l.id = :listing""")
                .param("listing", listing.value())
                .param("sold", soldAt.atOffset(UTC))
                .param("clocks", Exposures.CLOCKS.toSeconds() + " s")
                .query((row, number) -> new Standing(
                        row.getBoolean("observed"),
                        row.getBoolean("inactive"),
                        row.getBoolean("held"),
                        Stream.of(seen(row, "seen", "verified_at"), seen(row, "seen_before", "seen_before_at"))
                                .flatMap(Optional::stream)
                                .toList(),
                        instant(row, "first_seen_at")))
                .optional();
    }

    private static Optional<Seen> seen(ResultSet row, String shown, String at) throws SQLException {
        var number = row.getObject(shown, Long.class);
        var when = instant(row, at);
        return number == null || when == null ? Optional.empty() : Optional.of(new Seen(number, when));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
