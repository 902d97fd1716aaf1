package dev.kontor.orders.archive;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
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

    /**
     * @param asOf the order was like this at this instant or later
     * @param updatedAt the marketplace's own time of its change; null where it tells none
     */
    public record LastReading(Instant asOf, @Nullable Instant updatedAt) {

        /** @param changedAt the marketplace's own time of a change; null where it is not known */
        public boolean has(@Nullable Instant changedAt) {
            return changedAt != null && updatedAt != null && !updatedAt.isBefore(changedAt);
        }
    }

    /** By the marketplace's id; nothing of those that were never read, or are gone there by what was read last. */
    public Map<String, LastReading> of(AccountId account, Collection<String> externalIds) {
        var readings = new HashMap<String, LastReading>();
        jdbc.query(
                """
                select external_id, as_of, updated_at from orders.orders
                where account = ? and external_id = any(?) and gone_at is null and merged_into is null""",
                row -> {
                    var updatedAt = row.getObject(3, OffsetDateTime.class);
                    readings.put(
                            row.getString(1),
                            new LastReading(
                                    row.getObject(2, OffsetDateTime.class).toInstant(),
                                    updatedAt == null ? null : updatedAt.toInstant()));
                },
                account.value(),
                externalIds.toArray(String[]::new));
        return readings;
    }

    public List<BuyerId> buyers(AccountId account, Collection<String> externalIds) {
        return jdbc.query(
                "select distinct buyer from orders.orders where account = ? and external_id = any(?)",
                (row, number) -> new BuyerId(row.getObject(1, UUID.class)),
                account.value(),
                externalIds.toArray(String[]::new));
    }
}
