package dev.kontor.inventory.reservations;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import dev.kontor.accounts.AccountId;

import static java.time.ZoneOffset.UTC;

/** Which side was said to be the truth of an account's stock, and from when on its orders move it. */
@Repository
public class Takeovers {

    private final JdbcClient jdbc;

    Takeovers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public enum Truth {
        /** The ledger stays as it is, and the marketplace is told. */
        KONTOR,
        /** What its listings showed was counted in, where nobody had counted. */
        MARKETPLACE
    }

    public enum Mode {
        /** Quantities are written to the marketplace. */
        WRITING,
        /** Quantities are worked out and shown, and nothing is ever written. */
        OBSERVING
    }

    /** @param from orders placed earlier were counted by whoever counted the goods, and move nothing */
    public record Takeover(
            AccountId account, Truth truth, Mode mode, Instant from, String actor, Instant takenOverAt, long version) {

        private static Takeover of(ResultSet row, int number) throws SQLException {
            return new Takeover(
                    new AccountId(row.getObject("account", UUID.class)),
                    Truth.valueOf(row.getString("truth")),
                    Mode.valueOf(row.getString("mode")),
                    row.getObject("from_at", OffsetDateTime.class).toInstant(),
                    row.getString("actor"),
                    row.getObject("taken_over_at", OffsetDateTime.class).toInstant(),
                    row.getLong("version"));
        }
    }

    public Optional<Takeover> find(AccountId account) {
        return jdbc.sql("select * from inventory.takeovers where account = ?")
                .param(account.value())
                .query(Takeover::of)
                .optional();
    }

    void add(Takeover takeover) {
        jdbc.sql("""
                        insert into inventory.takeovers (account, truth, mode, from_at, actor, taken_over_at, version)
                        values (?, ?, ?, ?, ?, ?, ?)""")
                .params(
                        takeover.account().value(),
                        takeover.truth().name(),
                        takeover.mode().name(),
                        takeover.from().atOffset(UTC),
                        takeover.actor(),
                        takeover.takenOverAt().atOffset(UTC),
                        takeover.version())
                .update();
        note(takeover.account(), takeover.mode(), takeover.takenOverAt());
        tell(takeover.account());
    }

    /** What was worked out in the other mode was not looked at as what is written is. */
    void change(AccountId account, Mode mode, Instant now) {
        jdbc.sql("""
                        with wanted as (
                          select listing from inventory.publications where account = ? order by listing for no key update
                        )
                        update inventory.publications p set desired = null, plan = null, planned = null
                        from wanted where p.listing = wanted.listing""").param(account.value()).update();
        jdbc.sql("update inventory.takeovers set mode = ?, version = version + 1 where account = ?")
                .params(mode.name(), account.value())
                .update();
        note(account, mode, now);
        tell(account);
    }

    /** Why a lower number was not written some time is asked later. */
    private void note(AccountId account, Mode mode, Instant now) {
        jdbc.sql("""
                        insert into inventory.modes (account, at, mode) values (?, ?, ?)
                        on conflict (account, at) do update set mode = excluded.mode""").params(account.value(), now.atOffset(UTC), mode.name()).update();
    }

    /** What its listings show is to be thought over. */
    private void tell(AccountId account) {
        jdbc.sql("""
                        insert into inventory.changed_items (item)
                        select distinct c.item from inventory.listing_contents c
                        join inventory.listings l on l.id = c.listing where l.account = ?""").param(account.value()).update();
    }
}
