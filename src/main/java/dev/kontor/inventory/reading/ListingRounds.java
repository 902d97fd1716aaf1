package dev.kontor.inventory.reading;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

import dev.kontor.accounts.AccountId;
import dev.kontor.inventory.reading.ListingRounds.Round.Phase;
import dev.kontor.marketplaces.Cursor;

import static java.time.ZoneOffset.UTC;

/** How far the list of each account has been read. A step is taken by whoever finds the round as he read it. */
@Repository
public class ListingRounds {

    private final JdbcClient jdbc;

    ListingRounds(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * One reading of all that an account offers.
     *
     * @param cursor where the list goes on, null at its beginning
     * @param listed how many records the list has shown, some of them perhaps twice
     * @param total how many the marketplace says there are, null where it does not say
     * @param asked how many were asked for by id
     * @param wholeAt when the last round that reached its end did so
     */
    public record Round(
            AccountId account,
            long number,
            Phase phase,
            @Nullable Cursor cursor,
            long listed,
            @Nullable Long total,
            long asked,
            Instant startedAt,
            @Nullable Instant finishedAt,
            @Nullable Instant wholeAt) {

        public enum Phase {
            LISTING,
            /** For those that the list did not show, and for what it does not tell. */
            ASKING,
            FINISHED
        }

        private static Round of(ResultSet row, int number) throws SQLException {
            var cursor = row.getString("cursor");
            return new Round(
                    new AccountId(row.getObject("account", UUID.class)),
                    row.getLong("number"),
                    Phase.valueOf(row.getString("phase")),
                    cursor == null ? null : new Cursor(cursor),
                    row.getLong("listed"),
                    row.getObject("total", Long.class),
                    row.getLong("asked"),
                    row.getObject("started_at", OffsetDateTime.class).toInstant(),
                    instant(row, "finished_at"),
                    instant(row, "whole_at"));
        }

        private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
            var at = row.getObject(column, OffsetDateTime.class);
            return at == null ? null : at.toInstant();
        }
    }

    public Optional<Round> find(AccountId account) {
        return jdbc.sql("select * from inventory.listing_rounds where account = ?")
                .param(account.value())
                .query(Round::of)
                .optional();
    }

    /** The round that is under way, or the next one, which fulfils all wishes of before. */
    @Transactional
    Round open(AccountId account, Instant now) {
        jdbc.sql("""
                        insert into inventory.listing_rounds as r (account, number, phase, listed, asked, started_at, wanted)
                        values (:account, 1, 'LISTING', 0, 0, :now, false)
                        on conflict (account) do update set number = r.number + 1, phase = 'LISTING', cursor = null,
                          listed = 0, total = null, asked = 0, started_at = excluded.started_at, finished_at = null,
                          wanted = false
                        where r.phase = 'FINISHED'""")
                .param("account", account.value())
                .param("now", now.atOffset(UTC))
                .update();
        return find(account).orElseThrow();
    }

    /** @return whether the round was still where the page was asked for */
    boolean listed(Round round, int records, @Nullable Cursor next, @Nullable Long total) {
        return jdbc.sql("""
                        update inventory.listing_rounds set cursor = :next, listed = listed + :records,
                          total = coalesce(:total, total), phase = case when :next::text is null then 'ASKING' else phase end
                        where account = :account and number = :number and phase = 'LISTING'
                          and cursor is not distinct from :cursor""")
                        .param("next", text(next))
                        .param("records", records)
                        .param("total", total)
                        .param("account", round.account().value())
                        .param("number", round.number())
                        .param("cursor", text(round.cursor()))
                        .update()
                > 0;
    }

    /** The place in the list is known to nobody any more. */
    void listAnew(Round round) {
        jdbc.sql("""
                        update inventory.listing_rounds set cursor = null, listed = 0, total = null
                        where account = ? and number = ? and phase = 'LISTING'""").params(round.account().value(), round.number()).update();
    }

    /** @return whether it is still the same round */
    boolean asked(Round round) {
        return jdbc.sql("""
                        update inventory.listing_rounds set asked = asked + 1
                        where account = ? and number = ? and phase = 'ASKING'""").params(round.account().value(), round.number()).update() > 0;
    }

    /** How many listings it has told of, at least; a record that could not be understood may be one of these. */
    long shown(Round round) {
        return jdbc.sql("""
                        select (select count(*) from inventory.listing_readings where account = :account and round = :number)
                          + (select count(*) from inventory.unreadable_listings where account = :account and round = :number)""")
                .param("account", round.account().value())
                .param("number", round.number())
                .query(Long.class)
                .single();
    }

    void finish(Round round, Instant now) {
        jdbc.sql("""
                        update inventory.listing_rounds set phase = 'FINISHED', finished_at = :now, whole_at = :now
                        where account = :account and number = :number and phase = 'ASKING'""")
                .param("account", round.account().value())
                .param("number", round.number())
                .param("now", now.atOffset(UTC))
                .update();
    }

    void want(AccountId account) {
        jdbc.sql("update inventory.listing_rounds set wanted = true where account = ?")
                .param(account.value())
                .update();
    }

    boolean wanted(AccountId account) {
        return jdbc.sql("select exists (select from inventory.listing_rounds where account = ? and wanted)")
                .param(account.value())
                .query(Boolean.class)
                .single();
    }

    private static @Nullable String text(@Nullable Cursor cursor) {
        return cursor == null ? null : cursor.value();
    }
}
