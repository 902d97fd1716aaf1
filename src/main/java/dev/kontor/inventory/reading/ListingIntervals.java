package dev.kontor.inventory.reading;

import java.time.Duration;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

import dev.kontor.accounts.AccountId;
import dev.kontor.audit.Act;
import dev.kontor.audit.AuditLog;

/** How often the listings of an account are read: its own setting, or the usual one. */
@Repository
class ListingIntervals {

    private final JdbcClient jdbc;
    private final Duration usual;
    private final AuditLog audit;

    ListingIntervals(
            JdbcClient jdbc, @Value("${kontor.inventory.listings-interval:15m}") Duration usual, AuditLog audit) {
        this.audit = audit;
        this.jdbc = jdbc;
        this.usual = usual;
    }

    /** Also where the database is away. */
    Duration usual() {
        return usual;
    }

    Duration of(AccountId account) {
        return jdbc.sql("select interval_seconds from inventory.listing_intervals where account = ?")
                .param(account.value())
                .query(Integer.class)
                .optional()
                .map(Duration::ofSeconds)
                .orElse(usual);
    }

    @Transactional
    void set(AccountId account, Duration interval) {
        audit.record(Act.of("intervals.set", "account", account).field("listings", of(account), interval));
        jdbc.sql("""
                        insert into inventory.listing_intervals (account, interval_seconds) values (?, ?)
                        on conflict (account) do update set interval_seconds = excluded.interval_seconds""")
                .params(account.value(), Math.toIntExact(interval.toSeconds()))
                .update();
    }
}
