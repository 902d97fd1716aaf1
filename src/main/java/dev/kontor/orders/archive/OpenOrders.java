package dev.kontor.orders.archive;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

import dev.kontor.accounts.AccountId;
import dev.kontor.marketplaces.OrderStatus;

import static java.time.ZoneOffset.UTC;

/** Orders that are not settled, and when each is looked at again. */
@Repository
public class OpenOrders {

    private final JdbcTemplate jdbc;

    OpenOrders(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** The marketplace's ids of those whose time has come, the longest due first. */
    public List<String> due(AccountId account, Instant now, int limit) {
        return jdbc.query(
                "select external_id from orders.orders where account = ? and check_at <= ? order by check_at limit ?",
                (row, number) -> row.getString(1),
                account.value(),
                now.atOffset(UTC),
                limit);
    }

    private record Due(UUID id, OrderStatus status, Instant placedAt) {}

    /** They were looked at; those that changed have their next time already. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void checked(AccountId account, Collection<String> externalIds, Instant now) {
        var still = jdbc.query(
                """
                select id, status, placed_at from orders.orders
                where account = ? and external_id = any(?) and check_at <= ? order by id""",
                (row, number) -> new Due(
                        row.getObject("id", UUID.class),
                        OrderStatus.valueOf(row.getString("status")),
                        row.getObject("placed_at", OffsetDateTime.class).toInstant()),
                account.value(),
                externalIds.toArray(String[]::new),
                now.atOffset(UTC));
        jdbc.batchUpdate("update orders.orders set check_at = ? where id = ?", still, 500, (statement, due) -> {
            OrderRows.setInstant(statement, 1, Recheck.after(due.status(), due.placedAt(), now));
            statement.setObject(2, due.id());
        });
    }
}
