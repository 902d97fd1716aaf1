package dev.kontor.inventory.publication;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import dev.kontor.inventory.ListingId;
import dev.kontor.inventory.publication.Move.Send;
import dev.kontor.marketplaces.StockWriter.Change;

import static java.time.ZoneOffset.UTC;

/** Takes down what happens to the write of a listing: in its row, and for ever in the list of all writes. */
@Repository
class Journal {

    private static final int BATCH = 500;

    private final JdbcTemplate jdbc;
    private final JdbcClient client;

    Journal(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
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

    void accepted(UUID command, ListingId listing, @Nullable String ticket, Instant now, Duration askAgain) {
        jdbc.update("""
                update inventory.publications set state = 'ACCEPTED', ticket = coalesce(?, ticket), due_at = ?
                where listing = ? and command = ?""", ticket, now.plus(askAgain).atOffset(UTC), listing.value(), command);
        jdbc.update("""
                update inventory.writes set state = 'ACCEPTED', accepted_at = coalesce(accepted_at, ?)
                where listing = ? and command = ?""", now.atOffset(UTC), listing.value(), command);
    }

    /** Its word is not enough for an exposure that is guarded; that waits for a reading. */
    void applied(UUID command, ListingId listing, Instant now, Duration lag) {
        jdbc.update("""
                update inventory.publications set
                  expected = case when difference is null then quantity else greatest(0, expected + difference) end,
                  exposure = case when guarded then exposure
                    when difference is null then quantity else greatest(0, expected + difference) end,
                  excess = case when guarded then excess else 0 end,
                  base_at = case when not guarded and difference is null then ? else base_at end,
                  command = null, state = 'APPLIED', growth = 0, revision = null, read_wanted = true, due_at = ?
                where listing = ? and command = ?""", now.atOffset(UTC), now.plus(lag).atOffset(UTC), listing.value(), command);
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

    /** Nothing was done, and the same may be tried later. */
    void postponed(UUID command, ListingId listing, String reason, Instant now, Instant until) {
        jdbc.update(
                GIVE_BACK + "state = 'IDLE', reason = ?, retry_at = ?, due_at = ?" + OF,
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

    void unknown(UUID command, ListingId listing, String reason, Instant askAt) {
        jdbc.update(
                "update inventory.publications set state = 'UNKNOWN', reason = ?, due_at = ?" + OF,
                reason,
                askAt.atOffset(UTC),
                listing.value(),
                command);
        jdbc.update("update inventory.writes set state = 'UNKNOWN', reason = ?" + OF, reason, listing.value(), command);
    }

    /** It can no longer take effect; whether it did, a reading tells. */
    void expired(UUID command, ListingId listing, String reason, Instant now, Duration lag) {
        jdbc.update("""
                update inventory.publications set command = null, state = 'EXPIRED', growth = 0, revision = null,
                  attempts = attempts + 1, reason = ?, read_first = true, due_at = ?""" + OF, reason, now.plus(lag).atOffset(UTC), listing.value(), command);
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
     * Of a listing that no write was under way to while it was read.
     *
     * @param row as it was before it was read
     * @param again when it is read again if it shows less than was to be expected
     * @param later when it is read again if it still does
     */
    void shown(Publication row, long quantity, @Nullable String revision, Instant now, Instant again, Instant later) {
        var shown = Map.of(
                "listing", row.listing().value(),
                "era", row.era(),
                "shown", quantity,
                "now", now.atOffset(UTC),
                "again", again.atOffset(UTC),
                "later", later.atOffset(UTC));
        if (client.sql(FIRST).params(shown).param("revision", revision).update() > 0) {
            jdbc.update(
                    "insert into inventory.changed_items (item) select item from inventory.listing_contents where listing = ?",
                    row.listing().value());
        } else {
            client.sql(COMPARED).params(shown).param("revision", revision).update();
        }
        if (client.sql(VERIFIED).params(shown).update() > 0) {
            jdbc.update("""
                    update inventory.writes set verified_at = ?, ended_at = ?, state = 'VERIFIED'
                    where listing = ? and state = 'APPLIED'""", now.atOffset(UTC), now.atOffset(UTC), row.listing().value());
        }
    }

    private static final String READ = " where listing = :listing and command is null and era = :era ";

    private static final String FIRST = """
            update inventory.publications set expected = :shown, exposure = :shown, excess = :shown, base_at = :now,
              reading = :shown, reading_at = :now, shown = :shown, revision = :revision, read_first = false,
              read_wanted = false, due_at = :now""" + READ + "and expected is null";

    /** One that is not believed yet is worth more than a later one that says the same: it will be believed earlier. */
    private static final String KEPT =
            "(reading_at is not null and (exposure <> reading or expected <> reading) and :shown <= reading)";

    /**
     * More than was to be expected is believed at once, for the worse case counts. Less may be a sale that nobody has told
     * of yet, and is believed when all sales of that time are known.
     */
    private static final String COMPARED = """
            update inventory.publications set
              read_first = false,
              read_wanted = :shown < expected,
              attempts = case when state = 'APPLIED' and :shown > expected then attempts + 1 else attempts end,
              retry_at = case when state = 'APPLIED' and :shown > expected
                then :now::timestamptz + (1 << least(attempts, 12)) * interval '1 s' else retry_at end,
              excess = case when guarded then excess + greatest(0, :shown - exposure) else 0 end,
              base_at = case when :shown > exposure or (not guarded and :shown > expected) then :now else base_at end,
              exposure = case when guarded then greatest(exposure, :shown) when :shown > expected then :shown else exposure end,
              expected = greatest(expected, :shown),
              reading = case when KEPT then reading else :shown end,
              reading_at = case when KEPT then reading_at else :now end,
              shown = :shown, revision = :revision,
              due_at = case when :shown >= expected then :now when KEPT then :later else :again end""".replace("KEPT", KEPT) + READ;

    private static final String VERIFIED =
            """
            update inventory.publications set verified = reading, verified_at = :now, state = 'VERIFIED', attempts = 0,
              read_wanted = false""" + READ + "and reading = desired and reading = expected and shown = reading";

    /** The marketplace has no such listing any more. */
    void gone(Publication row, Instant now) {
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
