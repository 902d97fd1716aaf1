package dev.kontor.orders.certificate;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import dev.kontor.accounts.AccountId;

import static java.time.ZoneOffset.UTC;

/** A round checks every day that is due once, in as many turns as it takes. */
@Repository
class Rounds {

    private final JdbcClient jdbc;
    private final Clock clock;

    Rounds(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** When the present round began, which is now where the one before has ended. */
    Instant present(AccountId account) {
        return jdbc.sql("""
                        insert into orders.certificate_rounds as r (account, begun_at, ended) values (:account, :now, false)
                        on conflict (account) do update
                          set begun_at = case when r.ended then excluded.begun_at else r.begun_at end, ended = false
                        returning begun_at""")
                .param("account", account.value())
                .param("now", clock.instant().atOffset(UTC))
                .query((row, number) -> row.getObject(1, OffsetDateTime.class).toInstant())
                .single();
    }

    void end(AccountId account) {
        jdbc.sql("update orders.certificate_rounds set ended = true where account = ?")
                .param(account.value())
                .update();
    }
}
