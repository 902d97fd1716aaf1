package dev.kontor.orders.archive;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.Accounts.AccountView;
import dev.kontor.marketplaces.FirstSign;
import dev.kontor.marketplaces.MarketplaceOrder;
import dev.kontor.marketplaces.OrderFeed.OrderChange;
import dev.kontor.orders.OrderId;
import dev.kontor.orders.OrdersAnnounced;
import dev.kontor.orders.Source;

import static java.time.ZoneOffset.UTC;

/**
 * Sales that were told of and whose orders were not read yet. Reading one may take minutes where a marketplace permits few
 * calls, and the goods are to be kept from the moment on at which they are known to be sold. What the archive has of an
 * order or of a line counts in its place, always.
 */
@Component
public class FirstSigns {

    private static final Logger log = LoggerFactory.getLogger(FirstSigns.class);
    private static final int BATCH = 500;

    private final JdbcTemplate jdbc;
    private final OrderRows rows;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;
    private final Clock clock;

    FirstSigns(
            JdbcTemplate jdbc,
            OrderRows rows,
            ApplicationEventPublisher events,
            TransactionTemplate transaction,
            Clock clock) {
        this.jdbc = jdbc;
        this.rows = rows;
        this.events = events;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * Keeps and announces what is new, in a transaction of its own, and notes of what is known that something was told. A
     * sign that cannot be kept costs time only: the order is read anyway.
     *
     * @param source that tells
     * @return orders that have a sign, and will be read as they are from now on or later
     */
    public Set<String> take(AccountView account, Collection<OrderChange> changes, Source source) {
        var orders = new LinkedHashSet<String>();
        var signs = new LinkedHashMap<String, FirstSign>();
        for (var change : changes) {
            orders.add(change.order());
            if (change.sign() != null) {
                signs.put(change.order(), change.sign());
            }
        }
        return signs.isEmpty() && ids(account.id(), orders).isEmpty() ? Set.of() : take(account, orders, signs, source);
    }

    /** @param signs by the marketplace's id of the order */
    private Set<String> take(
            AccountView account, Collection<String> orders, Map<String, FirstSign> signs, Source source) {
        try {
            return Objects.requireNonNull(transaction.execute(status -> {
                rows.lock(account.id());
                keep(account, signs, source);
                return toldAgain(account.id(), orders);
            }));
        } catch (DataIntegrityViolationException e) {
            if (signs.isEmpty()) {
                throw e;
            }
            return takeOneByOne(account, orders, signs, source);
        }
    }

    private Set<String> takeOneByOne(
            AccountView account, Collection<String> orders, Map<String, FirstSign> signs, Source source) {
        if (orders.size() == 1) {
            log.warn("A first sign of a sale of account {} cannot be kept", account.id());
            return take(account, orders, Map.of(), source);
        }
        var taken = new HashSet<String>();
        orders.forEach(order -> {
            var sign = signs.get(order);
            taken.addAll(take(account, List.of(order), sign == null ? Map.of() : Map.of(order, sign), source));
        });
        return taken;
    }

    private record Sign(UUID id, String order, FirstSign sign, MarketplaceOrder.Line line) {}

    private void keep(AccountView account, Map<String, FirstSign> signs, Source source) {
        var fresh = fresh(account.id(), signs);
        if (fresh.isEmpty()) {
            return; // nearly always: most news are of orders that are known
        }
        var ids = ids(account.id(), signs.keySet());
        var lines = new ArrayList<Sign>();
        var announced = new HashSet<OrderId>();
        signs.forEach((order, sign) -> {
            for (var line : sign.lines()) {
                if (fresh.contains(line.externalId())) {
                    var id = ids.computeIfAbsent(order, it -> OrderVersion.newId());
                    lines.add(new Sign(id, order, sign, line));
                    announced.add(new OrderId(id));
                }
            }
        });
        insert(account, lines, source);
        events.publishEvent(new OrdersAnnounced(account.id(), List.copyOf(announced)));
    }

    /** Lines that neither the archive has nor a sign, or only one of another order, which was merged then. */
    private Set<String> fresh(AccountId account, Map<String, FirstSign> signs) {
        var orders = new ArrayList<String>();
        var lines = new ArrayList<String>();
        signs.forEach((order, sign) -> sign.lines().forEach(line -> {
            orders.add(order);
            lines.add(line.externalId());
        }));
        return Set.copyOf(jdbc.queryForList(
                """
                select told.line from unnest(?::text[], ?::text[]) told (external_order, line)
                where not exists (select from orders.orders o where o.account = ? and o.external_id = told.external_order)
                  and not exists (select from orders.lines l join orders.orders o on o.id = l.order_id
                    where l.external_id = told.line and o.account = ?)
                  and not exists (select from orders.first_signs s
                    where s.account = ? and s.line = told.line and s.external_order_id = told.external_order)""",
                String.class,
                orders.toArray(String[]::new),
                lines.toArray(String[]::new),
                account.value(),
                account.value(),
                account.value()));
    }

    private void insert(AccountView account, List<Sign> lines, Source source) {
        var now = clock.instant().atOffset(UTC);
        jdbc.batchUpdate("""
                insert into orders.first_signs (account, line, order_id, external_order_id, marketplace, offer, sku, name,
                  quantity, fulfilled_by_marketplace, placed_at, told_at, changed_at, source)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (account, line) do update set order_id = excluded.order_id,
                  external_order_id = excluded.external_order_id, quantity = excluded.quantity, changed_at = excluded.changed_at""", lines, BATCH, (statement, it) -> {
            statement.setObject(1, account.id().value());
            statement.setString(2, it.line().externalId());
            statement.setObject(3, it.id());
            statement.setString(4, it.order());
            statement.setString(5, account.marketplace().value());
            statement.setString(6, it.line().offer());
            statement.setString(7, it.line().sku());
            statement.setString(8, it.line().name());
            statement.setBigDecimal(9, it.line().quantity());
            statement.setBoolean(10, it.line().fulfilledByMarketplace());
            statement.setObject(11, it.sign().placedAt().atOffset(UTC));
            statement.setObject(12, now);
            statement.setObject(13, now);
            statement.setString(14, source.name());
        });
    }

    /** @param oldest when the first of them was told; null where there are none */
    public record Unread(long orders, @Nullable Instant oldest) {}

    /** Sales whose goods are kept and whose orders are to be read. */
    public Unread unread(AccountId account) {
        return Objects.requireNonNull(jdbc.queryForObject(
                "select count(distinct order_id), min(told_at) from orders.first_signs where account = ?",
                (row, number) -> new Unread(row.getLong(1), OrderRows.instant(row, "min")),
                account.value()));
    }

    private Set<String> toldAgain(AccountId account, Collection<String> externalIds) {
        return Set.copyOf(jdbc.queryForList(
                """
                update orders.first_signs set changed_at = greatest(changed_at, ?)
                where account = ? and external_order_id = any(?) returning external_order_id""", String.class, clock.instant().atOffset(UTC), account.value(), externalIds.toArray(String[]::new)));
    }

    /** @param since when something was last told of the order */
    public record Waiting(String order, Source source, Instant since) {}

    /** Those that wait longest, without those whose last reading could not be understood. */
    public List<Waiting> toRead(AccountId account, int limit) {
        return jdbc.query(
                """
                select external_order_id, min(source) as source, max(changed_at) as since from orders.first_signs s
                where account = ? and not exists (select from orders.quarantine q
                  where q.account = s.account and q.external_id = s.external_order_id and q.resolved_at is null
                    and q.last_tried_at >= s.changed_at)
                group by external_order_id order by since, external_order_id limit ?""",
                (row, number) -> new Waiting(
                        row.getString(1),
                        Source.valueOf(row.getString(2)),
                        row.getObject("since", OffsetDateTime.class).toInstant()),
                account.value(),
                limit);
    }

    /** Ids that orders have by their first signs, by the marketplace's id. */
    Map<String, UUID> ids(AccountId account, Collection<String> externalIds) {
        var ids = new HashMap<String, UUID>();
        jdbc.query(
                "select external_order_id, order_id from orders.first_signs where account = ? and external_order_id = any(?)",
                row -> {
                    ids.put(row.getString(1), row.getObject(2, UUID.class));
                },
                account.value(),
                externalIds.toArray(String[]::new));
        return ids;
    }

    /** Nobody has these orders any more. */
    void gone(AccountId account, Collection<String> externalIds) {
        jdbc.update(
                "delete from orders.first_signs where account = ? and external_order_id = any(?)",
                account.value(),
                externalIds.toArray(String[]::new));
    }

    /**
     * The archive has these orders now. A sign does not count any more, but stays until a reading has everything in it that
     * was told.
     */
    void settle(AccountId account, Collection<MarketplaceOrder> orders) {
        var ids = orders.stream().map(MarketplaceOrder::externalId).toArray(String[]::new);
        var asOf = orders.stream().map(order -> order.asOf().toString()).toArray(String[]::new);
        jdbc.update("""
                update orders.orders o set told_at = s.told_at
                from (select order_id, min(told_at) as told_at from orders.first_signs
                  where account = ? and external_order_id = any(?) group by order_id) s
                where o.id = s.order_id and o.told_at is null""", account.value(), ids);
        jdbc.update("""
                delete from orders.first_signs s using unnest(?::text[], ?::timestamptz[]) read (external_order_id, as_of)
                where s.account = ? and s.external_order_id = read.external_order_id and s.changed_at <= read.as_of""", ids, asOf, account.value());
    }
}
