package dev.kontor.orders.archive;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

import dev.kontor.accounts.AccountId;
import dev.kontor.privacy.BuyerId;

/** How fresh the archive is, order by order. */
@Repository
public class LastReadings {

    private final JdbcTemplate jdbc;

    LastReadings(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** When each was like this or later, by the marketplace's id; nothing of those that were never read. */
    public Map<String, Instant> of(AccountId account, Collection<String> externalIds) {
        var times = new HashMap<String, Instant>();
        jdbc.query(
                "select external_id, as_of from orders.orders where account = ? and external_id = any(?)",
                row -> {
                    times.put(
                            row.getString(1),
                            row.getObject(2, OffsetDateTime.class).toInstant());
                },
                account.value(),
                externalIds.toArray(String[]::new));
        return times;
    }

    public List<BuyerId> buyers(AccountId account, Collection<String> externalIds) {
        return jdbc.query(
                "select distinct buyer from orders.orders where account = ? and external_id = any(?)",
                (row, number) -> new BuyerId(row.getObject(1, UUID.class)),
                account.value(),
                externalIds.toArray(String[]::new));
    }
}
