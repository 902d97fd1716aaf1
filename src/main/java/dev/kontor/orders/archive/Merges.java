package dev.kontor.orders.archive;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

import dev.kontor.accounts.AccountId;

import static java.time.ZoneOffset.UTC;

/**
 * Follows orders that a marketplace merges into another: the new order has another id and the same line ids. The
 * predecessor stays in the archive and points to its successor.
 */
@Repository
public class Merges {

    private final JdbcTemplate jdbc;

    Merges(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Archived orders whose lines live on in one of those that are about to be archived, and in which. Asked before these
     * have lines of their own, it hardly ever finds anything.
     */
    Map<UUID, UUID> predecessors(List<OrderVersion> placed) {
        var successors = new HashMap<String, UUID>();
        for (var version : placed) {
            version.order().lines().forEach(line -> successors.put(line.externalId(), version.id()));
        }
        var predecessors = new HashMap<UUID, UUID>();
        jdbc.query(
                "select order_id, external_id from orders.lines where external_id = any(?)",
                row -> {
                    predecessors.put(
                            row.getObject("order_id", UUID.class), successors.get(row.getString("external_id")));
                },
                (Object) successors.keySet().toArray(String[]::new));
        return predecessors;
    }

    void settle(AccountId account, Map<UUID, UUID> predecessors, Instant now) {
        if (predecessors.isEmpty()) {
            return;
        }
        var pairs = List.copyOf(predecessors.entrySet());
        jdbc.update(
                """
                update orders.orders o set merged_into = pairs.successor, check_at = null, changed_at = ?
                from unnest(?::uuid[], ?::uuid[]) as pairs (predecessor, successor)
                where o.id = pairs.predecessor and o.account = ? and o.merged_into is null""",
                now.atOffset(UTC),
                pairs.stream().map(Map.Entry::getKey).toArray(UUID[]::new),
                pairs.stream().map(Map.Entry::getValue).toArray(UUID[]::new),
                account.value());
    }

    /**
     * The marketplace does not have these orders any more. Where their lines live on in another order they were merged;
     * where not, they keep what they were, with the time at which they were found gone.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public int gone(AccountId account, List<String> externalIds, Instant now) {
        return jdbc.update(
                """
                update orders.orders o set check_at = null, changed_at = ?,
                  gone_at = case when successor.id is null then ? else o.gone_at end,
                  merged_into = successor.id
                from (
                  select g.id as gone, min(s.id::text)::uuid as id
                  from orders.orders g
                  left join orders.lines gl on gl.order_id = g.id
                  left join orders.lines sl on sl.external_id = gl.external_id and sl.order_id <> g.id
                  left join orders.orders s on s.id = sl.order_id and s.account = g.account and s.merged_into is null
                  where g.account = ? and g.external_id = any(?) and g.merged_into is null and g.gone_at is null
                  group by g.id
                ) successor
                where o.id = successor.gone""", now.atOffset(UTC), now.atOffset(UTC), account.value(), externalIds.toArray(String[]::new));
    }
}
