package dev.kontor.orders.archive;

import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

import dev.kontor.accounts.AccountId;
import dev.kontor.marketplaces.OrderFeed.OrderChange;

import static java.time.ZoneOffset.UTC;

/** What the marketplace said happened: append-only, each of its events once. */
@Repository
public class OrderEvents {

    private final JdbcTemplate jdbc;

    OrderEvents(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Which of the events are in the archive already. */
    public Set<String> known(AccountId account, Collection<OrderChange> changes) {
        return new HashSet<>(jdbc.query(
                "select external_id from orders.order_events where account = ? and external_id = any(?)",
                (row, number) -> row.getString(1),
                account.value(),
                changes.stream().map(OrderChange::id).toArray(String[]::new)));
    }

    @Transactional(propagation = Propagation.MANDATORY)
    public void record(AccountId account, List<OrderChange> changes, Instant now) {
        jdbc.batchUpdate("""
                insert into orders.order_events (account, external_id, external_order_id, type, occurred_at, recorded_at)
                values (?, ?, ?, ?, ?, ?) on conflict do nothing""", changes, 1_000, (statement, change) -> {
            statement.setObject(1, account.value());
            statement.setString(2, change.id());
            statement.setString(3, change.order());
            statement.setString(4, change.type());
            statement.setObject(5, change.occurredAt().atOffset(UTC));
            statement.setObject(6, now.atOffset(UTC));
        });
    }
}
