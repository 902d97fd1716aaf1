package dev.kontor.orders.archive;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

import dev.kontor.accounts.AccountId;
import dev.kontor.orders.OrderId;
import dev.kontor.orders.OrdersArchived.Merge;

import static java.time.ZoneOffset.UTC;

/**
 * Follows orders that a marketplace merges into another: the new order has another id and the same line ids. The
 * predecessor stays in the archive and points to its successor.
 */
@Repository
class Merges {

    private final JdbcTemplate jdbc;

    Merges(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Archived orders that have a line in common with one of those that are about to be archived, and with which. Asked
     * before these have lines of their own, it hardly ever finds anything.
     */
    Map<UUID, UUID> related(List<OrderVersion> placed) {
        var fresh = new HashMap<String, UUID>();
        for (var version : placed) {
            version.order().lines().forEach(line -> fresh.put(line.externalId(), version.id()));
        }
        var related = new HashMap<UUID, UUID>();
        jdbc.query(
                "select order_id, external_id from orders.lines where external_id = any(?)",
                row -> {
                    related.put(uuid(row, "order_id"), fresh.get(row.getString("external_id")));
                },
                (Object) fresh.keySet().toArray(String[]::new));
        return related;
    }

    /**
     * Of two orders with a line in common the one that was seen earlier was merged into the other, whichever was archived
     * first. Both are looked at again soon: if it was the other way round, the marketplace's answer tells.
     */
    List<Merge> settle(AccountId account, Map<UUID, UUID> related, Instant now) {
        if (related.isEmpty()) {
            return List.of();
        }
        var pairs = List.copyOf(related.entrySet());
        var merges = new ArrayList<Merge>();
        jdbc.query(
                """
                with pairs as (
                  select older.id as predecessor, newer.id as successor
                  from unnest(?::uuid[], ?::uuid[]) as pair (one, other)
                  join orders.orders one on one.id = pair.one and one.account = ? and one.merged_into is null
                  join orders.orders other on other.id = pair.other and other.account = one.account
                  join orders.orders older on older.id = case when one.as_of <= other.as_of then one.id else other.id end
                  join orders.orders newer on newer.id = case when one.as_of <= other.as_of then other.id else one.id end
                )
                update orders.orders o
                set merged_into = case when o.id = pairs.predecessor then pairs.successor else o.merged_into end,
                  changed_at = case when o.id = pairs.predecessor then ? else o.changed_at end,
                  check_at = ?
                from pairs where o.id in (pairs.predecessor, pairs.successor)
                returning o.id as changed, pairs.predecessor, pairs.successor""",
                row -> {
                    if (uuid(row, "changed").equals(uuid(row, "predecessor"))) {
                        merges.add(merge(row, "predecessor", "successor"));
                    }
                },
                pairs.stream().map(Map.Entry::getKey).toArray(UUID[]::new),
                pairs.stream().map(Map.Entry::getValue).toArray(UUID[]::new),
                account.value(),
                now.atOffset(UTC),
                now.atOffset(UTC));
        return merges;
    }

    /** @param reappeared those that were taken for predecessors of one that is gone, and are its successors */
    record Vanished(List<Merge> merged, List<OrderId> gone, List<OrderId> reappeared) {}

    /**
     * The marketplace does not have these orders any more. Where their lines live on in another order they were merged;
     * where not, they keep what they were, with the time at which they were found gone.
     */
    Vanished gone(AccountId account, List<String> externalIds, Instant now) {
        jdbc.update(
                "update orders.orders set check_at = null where account = ? and external_id = any(?)",
                account.value(),
                externalIds.toArray(String[]::new));
        var vanished = new Vanished(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        externalIds.forEach(id -> gone(account, id, now, vanished));
        return vanished;
    }

    private void gone(AccountId account, String externalId, Instant now, Vanished vanished) {
        jdbc.query(
                """
                update orders.orders o set changed_at = ?, merged_into = found.successor,
                  gone_at = case when found.successor is null then ?::timestamptz end
                from (
                  select g.id, (
                    select s.id from orders.lines gl
                    join orders.lines sl on sl.external_id = gl.external_id and sl.order_id <> g.id
                    join orders.orders s on s.id = sl.order_id and s.account = g.account
                      and (s.merged_into is null or (s.merged_into = g.id and s.as_of > g.as_of))
                    where gl.order_id = g.id order by s.as_of desc limit 1) as successor
                  from orders.orders g
                  where g.account = ? and g.external_id = ? and g.merged_into is null and g.gone_at is null
                ) found
                where o.id = found.id returning o.id, o.merged_into""",
                row -> {
                    if (row.getObject("merged_into") == null) {
                        vanished.gone().add(new OrderId(uuid(row, "id")));
                    } else {
                        var merge = merge(row, "id", "merged_into");
                        vanished.merged().add(merge);
                        turnRound(merge, now, vanished.reappeared());
                    }
                },
                now.atOffset(UTC),
                now.atOffset(UTC),
                account.value(),
                externalId);
    }

    /** An order that was taken for the predecessor of one that is gone now, and was seen later, is its successor. */
    private void turnRound(Merge merge, Instant now, List<OrderId> reappeared) {
        var turned = jdbc.update(
                "update orders.orders set merged_into = null, check_at = ? where id = ? and merged_into = ?",
                now.atOffset(UTC),
                merge.into().value(),
                merge.order().value());
        if (turned > 0) {
            reappeared.add(merge.into());
        }
    }

    private static Merge merge(ResultSet row, String order, String into) throws SQLException {
        return new Merge(new OrderId(uuid(row, order)), new OrderId(uuid(row, into)));
    }

    private static UUID uuid(ResultSet row, String column) throws SQLException {
        return row.getObject(column, UUID.class);
    }
}
