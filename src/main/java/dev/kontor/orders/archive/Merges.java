package dev.kontor.orders.archive;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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

    /** Marks older orders whose lines live on in one of the orders that were just archived. */
    void settle(AccountId account, List<OrderVersion> placed, Instant now) {
        var orders = new ArrayList<UUID>();
        var lines = new ArrayList<String>();
        for (var version : placed) {
            for (var line : version.order().lines()) {
                orders.add(version.id());
                lines.add(line.externalId());
            }
        }
        if (lines.isEmpty()) {
            return;
        }
        jdbc.update(
                """
                update orders.orders o set merged_into = pairs.successor, check_at = null, changed_at = ?
                from (
                  select distinct l.order_id as predecessor, fresh.order_id as successor
                  from unnest(?::uuid[], ?::text[]) as fresh (order_id, line)
                  join orders.lines l on l.external_id = fresh.line and l.order_id <> fresh.order_id
                ) pairs
                where o.id = pairs.predecessor and o.account = ? and o.merged_into is null
                  and not o.id = any(?::uuid[])""",
                now.atOffset(UTC),
                orders.toArray(UUID[]::new),
                lines.toArray(String[]::new),
                account.value(),
                orders.toArray(UUID[]::new));
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
