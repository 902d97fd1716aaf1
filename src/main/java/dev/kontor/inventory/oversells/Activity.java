package dev.kontor.inventory.oversells;

import java.time.Instant;

import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import dev.kontor.accounts.AccountActivated;
import dev.kontor.accounts.AccountDeactivated;
import dev.kontor.accounts.AccountId;

import static java.time.ZoneOffset.UTC;

/**
 * Writes down since when Kontor can work for an account, or cannot, in the transaction that makes it so: a sale that was
 * made while it could not is heard of when it can again.
 */
@Component
class Activity {

    private final JdbcClient jdbc;

    Activity(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @EventListener
    void on(AccountActivated event) {
        note(event.account(), event.at(), true);
    }

    @EventListener
    void on(AccountDeactivated event) {
        note(event.account(), event.at(), false);
    }

    private void note(AccountId account, Instant at, boolean active) {
        jdbc.sql("""
                        insert into inventory.activations (account, at, active) values (?, ?, ?)
                        on conflict (account, at) do update set active = excluded.active""").params(account.value(), at.atOffset(UTC), active).update();
    }
}
