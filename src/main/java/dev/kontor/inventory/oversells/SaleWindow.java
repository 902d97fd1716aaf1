package dev.kontor.inventory.oversells;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import dev.kontor.accounts.AccountId;

import static java.time.ZoneOffset.UTC;

/** Measures how long an account's listings can sell what was sold elsewhere: its last day, by what is on record. */
@Repository
public class SaleWindow {

    private static final Duration DAY = Duration.ofDays(1);
    private static final String FIGURES = """
            count(delay) as measured, percentile_cont(0.5) within group (order by delay) as median,
              percentile_cont(0.95) within group (order by delay) as most, max(delay) as longest""";

    private final JdbcClient jdbc;
    private final Clock clock;

    SaleWindow(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** @param median and the others in seconds, null where nothing was measured */
    public record Figures(
            long measured,
            @Nullable Double median,
            @Nullable Double p95,
            @Nullable Double longest) {}

    /**
     * @param seen from a sale until Kontor heard of it
     * @param written from hearing of a sale elsewhere until the number here was sent
     * @param verified from there until buyers were seen to be shown it
     */
    public record Window(Instant since, Instant until, Figures seen, Figures written, Figures verified) {}

    public Window of(AccountId account) {
        var now = clock.instant();
        var since = now.minus(DAY);
        return new Window(
                since,
                now,
                figures(SEEN, account, since),
                figures(WRITTEN, account, since),
                figures(VERIFIED, account, since));
    }

    /** What was sold before its orders moved stock was heard of for another reason. */
    private static final String SEEN = """
            select greatest(0, extract(epoch from s.heard_at - s.placed_at)) as delay from inventory.sold_lines s
            join inventory.takeovers t on t.account = s.account and s.placed_at >= t.taken_over_at
            where s.account = :account and s.heard_at > :since""";

    /** Each write answers the first sale of the same goods that was heard of after the write before it. */
    private static final String WRITTEN = """
            select extract(epoch from w.sent_at - sale.heard_at) as delay
            from (select w.listing, w.sent_at, lag(w.sent_at) over (partition by w.listing order by w.id) as previous
              from inventory.writes w join inventory.listings l on l.id = w.listing
              where l.account = :account and w.sent_at > :since and w.state <> 'REJECTED') as w
            cross join lateral (select min(s.heard_at) as heard_at from inventory.listing_contents here
              join inventory.listing_contents there on there.item = here.item and there.listing <> here.listing
              join inventory.sold_lines s on s.listing = there.listing
              where here.listing = w.listing and s.heard_at > coalesce(w.previous, :since) and s.heard_at <= w.sent_at
                and s.heard_at > :since and s.quantity > 0) as sale
            where sale.heard_at is not null""";

    private static final String VERIFIED = """
            select extract(epoch from w.verified_at - w.sent_at) as delay from inventory.writes w
            join inventory.listings l on l.id = w.listing
            where l.account = :account and w.sent_at > :since and w.verified_at is not null""";

    private Figures figures(String delays, AccountId account, Instant since) {
        return jdbc.sql("select " + FIGURES + " from (" + delays + ") as measured")
                .param("account", account.value())
                .param("since", since.atOffset(UTC))
                .query((row, number) -> new Figures(
                        row.getLong("measured"), seconds(row, "median"), seconds(row, "most"), seconds(row, "longest")))
                .single();
    }

    private static @Nullable Double seconds(ResultSet row, String column) throws SQLException {
        double seconds = row.getDouble(column);
        return row.wasNull() ? null : Math.round(seconds * 1000) / 1000.0;
    }
}
