package dev.kontor.inventory.exposure;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

import dev.kontor.accounts.AccountId;
import dev.kontor.inventory.ListingId;
import dev.kontor.inventory.QuantityDiffered;

import static java.time.ZoneOffset.UTC;

/**
 * What listings can still sell without Kontor knowing: the units that they show and those that they have sold unseen. It
 * grows before a write that could make it grow is sent, and shrinks by sales that become known and by readings that are
 * older than what is known of sales. No marketplace's word that a write was done makes it shrink, for that word may be
 * wrong.
 */
@Repository
public class Exposures {

    /** Between Kontor's clock and a marketplace's. In doubt a sale does not lower an exposure. */
    public static final Duration CLOCKS = Duration.ofSeconds(5);

    /** After so long a sale says half as much about how fast a listing sells. */
    public static final Duration HALF = Duration.ofDays(3);

    /** Until a write is tried again that was said to be done and was not; what is sold out does not wait long. */
    public static final String PAUSE =
            "(1 << least(attempts, case when desired = 0 then 4 else 12 end)) * interval '1 s'";

    /** What was to be written again need not be any more, and nobody has seen it yet. */
    private static final String SUFFICED =
            "(command is null and state <> 'VERIFIED' and sold > 0 and desired = greatest(0, expected - sold) + back)";

    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Exposures(JdbcClient jdbc, ApplicationEventPublisher events, Clock clock) {
        this.jdbc = jdbc;
        this.events = events;
        this.clock = clock;
    }

    /** @param quantity of the listing's units; 0 where the line is not wanted any more */
    public record SoldLine(String line, ListingId listing, long quantity, Instant placedAt) {}

    /**
     * What lines of orders are now known to have sold. What was cancelled may be for sale again, also where nobody had heard
     * of the sale: what was read before does not count any more. Where it is open whether a sale is in what was read, the
     * listing is looked at before it is lowered, for what buyers took must not be taken off once more. Joins the caller's
     * transaction, which holds the locks of the positions that it moves.
     */
    public void sold(AccountId account, Collection<SoldLine> lines) {
        var before = before(account, lines);
        var forgotten = forgottenUntil(); // asked later, so that what is not on record by then counts as forgotten
        var changed = new ArrayList<SoldLine>();
        var differences = new ArrayList<Long>();
        for (var line : lines) {
            boolean old = !before.containsKey(line.line()) && !line.placedAt().isAfter(forgotten);
            long difference = old ? 0 : line.quantity() - before.getOrDefault(line.line(), 0L);
            if (difference != 0 || !before.containsKey(line.line())) {
                changed.add(line);
                differences.add(difference);
            }
        }
        if (changed.isEmpty()) {
            return;
        }
        var listings = changed.stream().map(line -> line.listing().value()).toArray(UUID[]::new);
        var placed = changed.stream().map(line -> line.placedAt().atOffset(UTC)).toArray();
        jdbc.sql("""
                        insert into inventory.sold_lines (account, line, listing, quantity, placed_at, heard_at)
                        select :account, told.*, :now from unnest(:lines::text[], :listings::uuid[], :quantities::bigint[],
                          :placed::timestamptz[]) as told
                        on conflict (account, line) do update set quantity = excluded.quantity""")
                .param("account", account.value())
                .param("now", clock.instant().atOffset(UTC))
                .param("lines", changed.stream().map(SoldLine::line).toArray(String[]::new))
                .param("listings", listings)
                .param("quantities", changed.stream().map(SoldLine::quantity).toArray(Long[]::new))
                .param("placed", texts(placed))
                .update();
        // by a statement of its own, so that the next one sees what others did until these were locked
        jdbc.sql("select from inventory.publications where listing = any(?) order by listing for update")
                .param(listings)
                .query(row -> {});
        jdbc.sql("""
                        with told (listing, quantity, placed_at) as (
                          select * from unnest(:listings::uuid[], :quantities::bigint[], :placed::timestamptz[])
                        ), sale as (
                          select p.listing,
                            coalesce(sum(told.quantity) filter (where told.quantity > 0
                              and placed_at > p.base_at + :clocks::interval), 0) as sold,
                            coalesce(sum(told.quantity) filter (where told.quantity > 0
                              and placed_at > p.reading_at + :clocks::interval), 0) as since,
                            coalesce(sum(told.quantity) filter (where told.quantity > 0), 0) as all_sold,
                            coalesce(bool_or(told.quantity > 0
                              and placed_at <= greatest(p.base_at, p.reading_at) + :clocks::interval), false) as doubtful,
                            coalesce(bool_or(told.quantity > 0 and placed_at between p.base_at - :clocks::interval
                              and p.base_at + :clocks::interval), false) as uncounted,
                            coalesce(bool_or(told.quantity <= 0), false) as cancelled,
                            -coalesce(sum(told.quantity) filter (where told.quantity < 0), 0) as back
                          from told join inventory.publications p using (listing) group by p.listing
                        )
                        update inventory.publications p set
                          exposure = greatest(0, exposure - sold) + back,
                          excess = least(greatest(0, exposure - sold), excess + all_sold - least(exposure, sold)) + back,
                          expected = case when expected is not null then greatest(0, expected - sold) + back end,
                          verified = case when state = 'VERIFIED' then greatest(0, verified - sold) else verified end,
                          era = era + cancelled::int,
                          fresh_at = case when cancelled then :now else fresh_at end,
                          reading = case when not cancelled and reading is not null then greatest(0, reading - since) end,
                          reading_at = case when not cancelled then reading_at end,
                          pace = all_sold + case when isfinite(pace_at)
                            then p.pace * power(0.5, extract(epoch from :now::timestamptz - pace_at) / :half) else 0 end,
                          pace_at = :now,
                          read_first = read_first or (uncounted and expected is not null),
                          read_wanted = read_wanted or cancelled or doubtful or SUFFICED,
                          due_at = case when command is null and (cancelled or doubtful or SUFFICED) then :now else due_at end
                        from sale where p.listing = sale.listing""".replace("SUFFICED", SUFFICED))
                .param("listings", listings)
                .param("quantities", differences.toArray(Long[]::new))
                .param("placed", texts(placed))
                .param("half", HALF.toSeconds())
                .param("clocks", CLOCKS.toSeconds() + " s")
                .param("now", clock.instant().atOffset(UTC))
                .update();
    }

    /** A sale from before may have been on record; as nobody knows, it lowers nothing, and the listing is looked at. */
    private Instant forgottenUntil() {
        return jdbc.sql("select until from inventory.forgotten_sales")
                .query((row, number) ->
                        row.getObject("until", OffsetDateTime.class).toInstant())
                .single();
    }

    private static String[] texts(Object[] values) {
        return Arrays.stream(values).map(Object::toString).toArray(String[]::new);
    }

    private Map<String, Long> before(AccountId account, Collection<SoldLine> lines) {
        var before = new HashMap<String, Long>();
        jdbc.sql("select line, quantity from inventory.sold_lines where account = ? and line = any(?)")
                .params(account.value(), lines.stream().map(SoldLine::line).toArray(String[]::new))
                .query(row -> {
                    before.put(row.getString("line"), row.getLong("quantity"));
                });
        return before;
    }

    /** Of lines that are known to have sold something. */
    public List<SoldLine> of(AccountId account, Collection<String> lines) {
        return jdbc.sql("select * from inventory.sold_lines where account = ? and line = any(?) and quantity > 0")
                .params(account.value(), lines.toArray(String[]::new))
                .query((row, number) -> new SoldLine(
                        row.getString("line"),
                        new ListingId(row.getObject("listing", UUID.class)),
                        row.getLong("quantity"),
                        row.getObject("placed_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    /**
     * Believes the readings that are older than what is known of the account's sales, and later than the last moment at
     * which a write that was sent twice could take effect.
     *
     * @param known all sales that were made until then are in the ledger
     * @return of how many listings another quantity is known now
     */
    @Transactional
    public int settle(AccountId account, Instant known) {
        var now = clock.instant();
        var believed = jdbc.sql("""
                        with locked as (
                          select listing, reading, expected, state = 'VERIFIED' and reading < expected as lowered
                          from inventory.publications
                          where account = :account and command is null and reading_at <= :known
                            and reading_at >= unsettled_until and (exposure <> reading or expected <> reading or unsure)
                          order by listing for no key update
                        ), settled as (
                          update inventory.publications set exposure = reading,
                            excess = least(reading, greatest(0, reading - (exposure - excess))),
                            expected = reading,
                            base_at = reading_at,
                            unsure = false,
                            attempts = attempts + (state = 'APPLIED' and expected <> reading)::int,
                            retry_at = case when state = 'APPLIED' and expected <> reading
                              then :now::timestamptz + PAUSE else retry_at end,
                            read_wanted = true,
                            due_at = :now,
                            reading = null,
                            reading_at = null
                          where listing in (select listing from locked)
                            and command is null and reading_at <= :known
                            and reading_at >= unsettled_until and (exposure <> reading or expected <> reading or unsure)
                          returning listing
                        ), told as (
                          insert into inventory.changed_items (item)
                          select distinct item from settled join inventory.listing_contents using (listing)
                        )
                        select listing, reading, expected, lowered from settled join locked using (listing)""".replace("PAUSE", PAUSE))
                .param("account", account.value())
                .param("now", now.atOffset(UTC))
                .param("known", known.minus(CLOCKS).atOffset(UTC))
                .query((row, _) -> new Believed(
                        new ListingId(row.getObject("listing", UUID.class)),
                        row.getLong("expected"),
                        row.getLong("reading"),
                        row.getBoolean("lowered")))
                .list();
        believed.stream()
                .filter(Believed::lowered)
                .map(it -> new QuantityDiffered(it.listing(), account, it.expected(), it.reading(), now))
                .forEach(events::publishEvent);
        return believed.size();
    }

    /** @param lowered less than it was seen to show, and no sale explains it */
    private record Believed(ListingId listing, long expected, long reading, boolean lowered) {}
}
