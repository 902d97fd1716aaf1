package dev.kontor.inventory.oversells;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import dev.kontor.inventory.ListingId;
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
     * @param listing that sold it, null where no order's line moved it
     * @param placedAt by the marketplace's clock
     */
    record Moved(
            long number,
            MovementKind kind,
            long change,
            Instant at,
            @Nullable UUID order,
            @Nullable String line,
            @Nullable UUID account,
            @Nullable UUID listing,
            @Nullable Instant placedAt,
            @Nullable Instant heardAt) {}

    /** @param kind as the marketplace takes it: ABSOLUTE, RELATIVE or CONDITIONAL */
    record Sent(
            long number,
            String kind,
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
    }

    /**
     * @param observed Kontor may not write there
     * @param held the lower number waits in a plan
     * @param verified what buyers were last seen to be shown when it was what they were to be shown
     */
    record Standing(
            boolean observed,
            boolean held,
            @Nullable Long verified,
            @Nullable Instant verifiedAt) {}

    /** Around the movement that made it worse, the newest first. */
    List<Moved> movements(Oversell oversell) {
        return jdbc.sql("""
                        select m.number, m.kind, m.present - m.reserved as change, m.at, m.order_id, m.line, c.account,
                          c.listing, s.placed_at, s.heard_at
                        from inventory.movements m
                        left join lateral (select account, listing from inventory.claims
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
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getObject("order_id", UUID.class),
                row.getString("line"),
                row.getObject("account", UUID.class),
                row.getObject("listing", UUID.class),
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
                        row.getObject("desired", Long.class),
                        row.getString("state"),
                        row.getObject("sent_at", OffsetDateTime.class).toInstant(),
                        instant(row, "applied_at"),
                        instant(row, "verified_at"),
                        instant(row, "ended_at")))
                .list();
    }

    /** Units of the listing that are known to have been sold between two instants of the marketplace's clock. */
    long sold(ListingId listing, Instant after, Instant until) {
        return jdbc.sql("""
                        select coalesce(sum(quantity), 0) from inventory.sold_lines
                        where listing = ? and placed_at > ? and placed_at <= ?""")
                .params(listing.value(), after.atOffset(UTC), until.atOffset(UTC))
                .query(Long.class)
                .single();
    }

    Optional<Standing> standing(ListingId listing) {
        return jdbc.sql("""
                        select t.mode <> 'WRITING' as observed, p.plan is not null as held, p.seen, p.verified_at
                        from inventory.listings l
                        join inventory.takeovers t on t.account = l.account
                        left join inventory.publications p on p.listing = l.id where l.id = ?""")
                .param(listing.value())
                .query((row, number) -> new Standing(
                        row.getBoolean("observed"),
                        row.getBoolean("held"),
                        row.getObject("seen", Long.class),
                        instant(row, "verified_at")))
                .optional();
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
