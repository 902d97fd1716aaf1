package dev.kontor.inventory.publication;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import dev.kontor.inventory.ListingId;
import dev.kontor.inventory.QuantityDiffered;
import dev.kontor.inventory.exposure.Exposures;
import dev.kontor.inventory.publication.Move.Send;
import dev.kontor.marketplaces.StockWriter.Change;
import dev.kontor.marketplaces.StockWriter.Reading.Shown;

import static java.time.ZoneOffset.UTC;

/** Takes down what happens to the write of a listing: in its row, and for ever in the list of all writes. */
@Repository
class Journal {

    private static final int BATCH = 500;

    private final JdbcTemplate jdbc;
    private final JdbcClient client;
    private final Sightings sightings;
    private final ApplicationEventPublisher events;

    Journal(JdbcTemplate jdbc, Sightings sightings, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.sightings = sightings;
        this.events = events;
        this.client = JdbcClient.create(jdbc);
    }

    record Planned(Publication row, Send send) {}

    /** Before they are sent: whoever finds them later knows that they may have been. */
    void sent(UUID command, List<Planned> planned, Instant now, Instant leasedUntil, Instant finalAt) {
        jdbc.batchUpdate("""
                update inventory.publications set command = ?, state = 'SENT', kind = ?, quantity = ?, difference = ?,
                  growth = ?, exposure = exposure + ?, era = era + 1, reactivate = ?, ticket = null, sent_at = ?, due_at = ?,
                  final_at = ?, reading = null, reading_at = null, reason = null
                where listing = ?""", planned, BATCH, (statement, it) -> {
            var send = it.send();
            statement.setObject(1, command);
            statement.setString(2, send.change().kind().name());
            statement.setLong(3, quantity(send.change()));
            statement.setObject(4, send.difference());
            statement.setLong(5, send.growth());
            statement.setLong(6, send.growth());
            statement.setBoolean(7, send.change() instanceof Change.Absolute absolute && absolute.reactivate());
            statement.setObject(8, now.atOffset(UTC));
            statement.setObject(9, leasedUntil.atOffset(UTC));
            statement.setObject(10, finalAt.atOffset(UTC));
            statement.setObject(11, it.row().listing().value());
        });
        jdbc.batchUpdate(
                """
                insert into inventory.writes (listing, command, kind, quantity, desired, steps, state, sent_at)
                select listing, command, kind, quantity, desired, steps, 'SENT', sent_at
                from inventory.publications where listing = ?""",
                planned,
                BATCH,
                (statement, it) -> statement.setObject(1, it.row().listing().value()));
    }

    private static long quantity(Change change) {
        return switch (change) {
            case Change.Absolute absolute -> absolute.quantity();
            case Change.Relative relative -> relative.difference();
            case Change.Conditional conditional -> conditional.quantity();
        };
    }

    /** It may have waited long for its turn, so that the first answer tells best when it was sent. */
    void accepted(UUID command, ListingId listing, @Nullable String ticket, Instant now, Duration askAgain) {
        jdbc.update("""
                update inventory.publications set state = 'ACCEPTED', ticket = coalesce(?, ticket), due_at = ?,
                  sent_at = case when state = 'SENT' then ? else sent_at end
                where listing = ? and command = ?""", ticket, now.plus(askAgain).atOffset(UTC), now.atOffset(UTC), listing.value(), command);
        jdbc.update("""
                update inventory.writes set state = 'ACCEPTED', accepted_at = coalesce(accepted_at, ?)
                where listing = ? and command = ?""", now.atOffset(UTC), listing.value(), command);
    }

    /** Its word is not enough for an exposure that is guarded; that waits for a reading. */
    void applied(UUID command, ListingId listing, Instant now, Duration lag) {
        applied(command, listing, now, now, lag);
    }

    /**
     * The same of a listing that told by itself that it was done: when it was asked, the write had taken effect or did so
     * before the answer, so what it showed is of after.
     */
    void proved(UUID command, Publication row, Shown told, Instant now, Instant again, Instant later) {
        applied(command, row.listing(), now, told.asOf().isAfter(now) ? now : told.asOf(), Duration.ZERO);
        shown(row, told, now, again, later);
    }

    private void applied(UUID command, ListingId listing, Instant now, Instant since, Duration lag) {
        jdbc.update(
                """
                update inventory.publications set
                  expected = case when difference is null then quantity else greatest(0, expected + difference) end,
                  exposure = case when guarded then exposure
                    else greatest(case when difference is null then quantity else expected + difference end,
                      case when unsettled_until > ? then exposure else 0 end) end,
                  excess = case when guarded then excess else 0 end,
                  base_at = case when not guarded and difference is null then ? else base_at end,
                  fresh_at = greatest(fresh_at, ?), command = null, state = 'APPLIED', growth = 0, revision = null,
                  read_wanted = true, due_at = case when desired = 0 then ?::timestamptz else ?::timestamptz end
                where listing = ? and command = ?""",
                now.atOffset(UTC),
                now.atOffset(UTC),
                since.atOffset(UTC),
                Reading.together(now, lag, Reading.AT_ONCE).atOffset(UTC),
                Reading.together(now, lag, Reading.AT_LEISURE).atOffset(UTC),
                listing.value(),
                command);
        jdbc.update("""
                update inventory.writes set state = 'APPLIED', applied_at = ? where listing = ? and command = ?""", now.atOffset(UTC), listing.value(), command);
    }

    /** It did not take effect and never will: what it had added to the exposure is given back. */
    void refused(UUID command, ListingId listing, String reason, Instant now, Instant retryAt) {
        jdbc.update(
                GIVE_BACK
                        + "state = 'REJECTED', attempts = attempts + 1, reason = ?, read_first = true, retry_at = ?, due_at = ?"
                        + OF,
                reason,
                retryAt.atOffset(UTC),
                now.atOffset(UTC),
                listing.value(),
                command);
        ended(command, listing, State.REJECTED, reason, now);
    }

    /** Nothing was done, and the same may be tried later; where it is not needed any more by then, a look suffices. */
    void postponed(UUID command, ListingId listing, String reason, Instant now, Instant until) {
        jdbc.update(
                GIVE_BACK + "state = 'IDLE', read_wanted = true, reason = ?, retry_at = ?, due_at = ?" + OF,
                reason,
                until.atOffset(UTC),
                until.atOffset(UTC),
                listing.value(),
                command);
        ended(command, listing, State.REJECTED, reason, now);
    }

    private static final String GIVE_BACK = """
            update inventory.publications set exposure = greatest(0, exposure - growth),
              excess = least(excess, greatest(0, exposure - growth)), growth = 0, command = null, revision = null, """;

    private static final String OF = " where listing = ? and command = ?";

    /** It may take effect late, and over what is written next: at its last possible moment somebody looks again. */
    void unknown(UUID command, ListingId listing, String reason, Instant now, Instant askAt) {
        jdbc.update("""
                update inventory.publications set state = 'UNKNOWN', reason = ?, due_at = ?,
                  sent_at = case when state = 'SENT' then ? else sent_at end,
                  wanted_at = greatest(wanted_at, final_at)""" + OF, reason, askAt.atOffset(UTC), now.atOffset(UTC), listing.value(), command);
        jdbc.update("update inventory.writes set state = 'UNKNOWN', reason = ?" + OF, reason, listing.value(), command);
    }

    /**
     * It is sent once more. Whatever is said of the repetition, the first one may still take effect, so that until neither
     * can no reading makes the exposure shrink.
     */
    void repeating(UUID command, Instant finalAt) {
        client.sql("""
                        update inventory.publications set final_at = greatest(final_at, :at),
                          wanted_at = greatest(wanted_at, :at), unsettled_until = greatest(unsettled_until, final_at, :at)
                        where command = :command""")
                .param("at", finalAt.atOffset(UTC))
                .param("command", command)
                .update();
    }

    /**
     * Nobody waits for it any more; whether it took effect, a reading tells, and one more when it no longer can. Until then
     * no reading makes its exposure shrink.
     */
    void expired(UUID command, ListingId listing, String reason, Instant now, Duration lag) {
        jdbc.update("""
                update inventory.publications set wanted_at = greatest(wanted_at, final_at),
                  unsettled_until = greatest(unsettled_until, final_at)""" + OF, listing.value(), command);
        over(command, listing, reason, now, lag);
    }

    /** It can no longer take effect; whether it did, a reading tells. */
    void over(UUID command, ListingId listing, String reason, Instant now, Duration lag) {
        jdbc.update("""
                update inventory.publications set command = null, state = 'EXPIRED', growth = 0, revision = null,
                  attempts = attempts + 1, reason = ?, read_first = true, fresh_at = ?, due_at = ?""" + OF, reason, now.atOffset(UTC), now.plus(lag).atOffset(UTC), listing.value(), command);
        ended(command, listing, State.EXPIRED, reason, now);
    }

    private void ended(UUID command, ListingId listing, State state, String reason, Instant now) {
        jdbc.update(
                "update inventory.writes set state = ?, reason = ?, ended_at = ?" + OF,
                state.name(),
                reason,
                now.atOffset(UTC),
                listing.value(),
                command);
    }

    // Readings

    /**
     * Of a listing that no write was under way to while it was read. What is told of before its last write was done says
     * nothing of it; and sales that are known already may not be in it yet.
     *
     * @param row as it was before it was read
     * @param again when it is read again if it shows less than was to be expected
     * @param later when it is read again if it still does
     */
    void shown(Publication row, Shown told, Instant now, Instant again, Instant later) {
        var asOf = told.asOf().isAfter(now) ? now : told.asOf();
        var shown = new HashMap<String, @Nullable Object>();
        shown.put("listing", row.listing().value());
        shown.put("era", row.era());
        shown.put("raw", told.quantity());
        shown.put("revision", told.revision());
        shown.put("as_of", asOf.atOffset(UTC));
        shown.put("now", now.atOffset(UTC));
        shown.put("again", again.atOffset(UTC));
        shown.put("later", later.atOffset(UTC));
        if (client.sql(STALE).params(shown).update() > 0) {
            return;
        }
        var sales = sales(row.listing(), told.quantity(), asOf);
        sightings.note(row.listing(), row.era(), told.quantity(), sales.shown(), sales.doubtful(), asOf);
        shown.put("shown", sales.shown());
        shown.put("doubtful", sales.doubtful());
        if (client.sql(FIRST).params(shown).update() > 0) {
            jdbc.update(
                    "insert into inventory.changed_items (item) select item from inventory.listing_contents where listing = ?",
                    row.listing().value());
        } else if (client.sql(COMPARED).params(shown).update() > 0) {
            tellOfMore(row, sales, now);
        }
        if (client.sql(VERIFIED).params(shown).update() > 0) {
            jdbc.update("""
                    update inventory.writes set verified_at = ?, ended_at = ?, state = 'VERIFIED'
                    where listing = ? and state = 'APPLIED'""", now.atOffset(UTC), now.atOffset(UTC), row.listing().value());
        }
    }

    private void tellOfMore(Publication row, Sales sales, Instant now) {
        var expected = row.expected();
        if (row.state() == State.VERIFIED && expected != null && sales.shown() - sales.doubtful() > expected) {
            events.publishEvent(new QuantityDiffered(row.listing(), row.account(), expected, sales.shown(), now));
        }
    }

    /**
     * @param shown what is shown less the sales that are known to have come after it
     * @param doubtful how many may be in it or not
     */
    private record Sales(long shown, long doubtful) {}

    private Sales sales(ListingId listing, long raw, Instant asOf) {
        return client.sql("""
                        select greatest(0, :raw - coalesce(sum(quantity)
                            filter (where placed_at > :as_of::timestamptz + :clocks::interval), 0)) as shown,
                          coalesce(sum(quantity)
                            filter (where placed_at <= :as_of::timestamptz + :clocks::interval), 0) as doubtful
                        from inventory.sold_lines
                        where listing = :listing and placed_at > :as_of::timestamptz - :clocks::interval""")
                .param("listing", listing.value())
                .param("raw", raw)
                .param("as_of", asOf.atOffset(UTC))
                .param("clocks", Exposures.CLOCKS.toSeconds() + " s")
                .query((row, number) -> new Sales(row.getLong("shown"), row.getLong("doubtful")))
                .single();
    }

    private static final String READ = " where listing = :listing and command is null and era = :era ";

    /** Its revision is worth a trial, for a write under an old one is refused. */
    private static final String STALE = """
            update inventory.publications set shown = :raw::bigint, revision = :revision,
              due_at = case when work in ('READ', 'READ_ZERO') then :now::timestamptz + (fresh_at - :as_of::timestamptz) else :now::timestamptz end""" + READ + "and fresh_at > :as_of::timestamptz and expected is not null";

    /** What was decided when nobody knew what it shows is decided anew, for it may take away more than is meant. */
    private static final String FIRST = """
            update inventory.publications set desired = case when desired = :shown::bigint then desired end,
              expected = :shown::bigint, exposure = :shown::bigint, excess = :shown::bigint, base_at = :as_of::timestamptz,
              reading = :shown::bigint, reading_at = :as_of::timestamptz, shown = :raw::bigint, revision = :revision, read_first = false,
              read_wanted = wanted_at > :as_of::timestamptz or :raw::bigint <> :shown::bigint or :doubtful::bigint > 0, due_at = :again::timestamptz""" + READ + "and expected is null";

    /** Should some of it have been sold unseen, what is then to be shown sinks by as much: nothing is given back on its account. */
    private static final String ENOUGH =
            "(not guarded and desired <= :shown::bigint and :shown::bigint < expected and unsettled_until <= :as_of::timestamptz)";

    /**
     * More than was to be expected is believed at once, for the worse case counts, unless a sale just now explains it. Less
     * may be a sale that nobody has told of yet, and is believed when all sales of that time are known, or at once where it
     * is enough.
     */
    private static final String BELIEVED =
            "(case when ENOUGH then :shown::bigint else greatest(expected, :shown::bigint - :doubtful::bigint) end)";

    /** One that is not believed yet is worth more than a later one that says the same: it will be believed earlier. */
    private static final String KEPT =
            "(not ENOUGH and reading_at >= unsettled_until and (exposure <> reading or expected <> reading or unsure) and :shown::bigint <= reading)";

    /** While it is open whether a sale is in the reading, giving more waits: asking again at once would tell the same. */
    private static final String COMPARED = """
            update inventory.publications set
              read_first = false,
              read_wanted = :shown::bigint <> BELIEVED or :raw::bigint <> :shown::bigint or wanted_at > :as_of::timestamptz,
              attempts = case when state = 'APPLIED' and :shown::bigint - :doubtful::bigint > expected then attempts + 1 else attempts end,
              retry_at = case when state = 'APPLIED' and :shown::bigint - :doubtful::bigint > expected
                then :now::timestamptz + PAUSE else retry_at end,
              excess = case when guarded then excess + greatest(0, :shown::bigint - exposure) else 0 end,
              base_at = case when ENOUGH or :shown::bigint > exposure or (not guarded and :shown::bigint - :doubtful::bigint > expected)
                then :as_of::timestamptz else base_at end,
              exposure = case when guarded or unsettled_until > :now::timestamptz then greatest(exposure, :shown::bigint)
                when :shown::bigint - :doubtful::bigint > expected then :shown::bigint else exposure end,
              expected = BELIEVED,
              reading = case when KEPT then reading else :shown::bigint end,
              reading_at = case when KEPT then reading_at else :as_of::timestamptz end,
              shown = :raw::bigint, revision = :revision,
              due_at = case
                when :shown::bigint < BELIEVED then case when KEPT then :later::timestamptz else :again::timestamptz end
                when desired > BELIEVED and (:doubtful::bigint > 0 or :raw::bigint <> :shown::bigint) then :again::timestamptz
                when desired is distinct from BELIEVED then :now::timestamptz
                when wanted_at > :as_of::timestamptz then :now::timestamptz + (wanted_at - :as_of::timestamptz)
                when :raw::bigint = BELIEVED then :now::timestamptz
                else :again::timestamptz end""".replace("KEPT", KEPT)
                    .replace("BELIEVED", BELIEVED)
                    .replace("ENOUGH", ENOUGH)
                    .replace("PAUSE", Exposures.PAUSE)
            + READ;

    private static final String VERIFIED =
            """
            update inventory.publications set verified = reading, seen = reading, verified_at = :now::timestamptz, state = 'VERIFIED', attempts = 0,
              seen_before = case when seen <> reading then seen else seen_before end,
              seen_before_at = case when seen <> reading then verified_at else seen_before_at end,
              first_seen_at = coalesce(first_seen_at, :now::timestamptz),
              read_wanted = wanted_at > :as_of::timestamptz""" + READ + "and reading = desired and reading = expected and shown = reading";

    /** The marketplace has no such listing any more. */
    void gone(Publication row, Instant now) {
        sightings.note(row.listing(), row.era(), 0, 0, 0, now);
        jdbc.update("""
                update inventory.publications set gone = true, reading = 0, reading_at = ?, expected = 0,
                  read_first = false, read_wanted = false, reason = 'the marketplace has no such listing any more'
                where listing = ? and command is null and era = ?""", now.atOffset(UTC), row.listing().value(), row.era());
    }

    void unreadable(ListingId listing, String reason, Instant again) {
        jdbc.update(
                "update inventory.publications set reason = ?, due_at = ? where listing = ? and command is null",
                reason,
                again.atOffset(UTC),
                listing.value());
    }
}
