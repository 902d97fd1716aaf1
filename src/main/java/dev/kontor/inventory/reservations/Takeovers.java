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

/** From when on the orders of an account move stock. */
@Repository
public class Takeovers {

    private final JdbcClient jdbc;

    Takeovers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param from orders placed earlier were counted by whoever counted the goods, and move nothing */
    public record Takeover(AccountId account, Instant from, String actor, Instant takenOverAt) {

        private static Takeover of(ResultSet row, int number) throws SQLException {
            return new Takeover(
                    new AccountId(row.getObject("account", UUID.class)),
                    row.getObject("from_at", OffsetDateTime.class).toInstant(),
                    row.getString("actor"),
                    row.getObject("taken_over_at", OffsetDateTime.class).toInstant());
        }
    }

    public Optional<Takeover> find(AccountId account) {
        return jdbc.sql("select * from inventory.takeovers where account = ?")
                .param(account.value())
                .query(Takeover::of)
                .optional();
    }

    void add(Takeover takeover) {
        jdbc.sql("insert into inventory.takeovers (account, from_at, actor, taken_over_at) values (?, ?, ?, ?)")
                .params(
                        takeover.account().value(),
                        takeover.from().atOffset(UTC),
                        takeover.actor(),
                        takeover.takenOverAt().atOffset(UTC))
                .update();
    }
}
