package dev.kontor.orders.archive;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.Accounts.AccountView;
import dev.kontor.marketplaces.MarketplaceOrder;
import dev.kontor.orders.OrderId;
import dev.kontor.orders.OrdersArchived;
import dev.kontor.orders.Source;

/**
 * Takes in what marketplaces say of orders. Saying the same twice changes nothing, and something older never replaces
 * something newer, so every loop may bring every order as often as it likes, in any order.
 */
@Component
public class Archive {

    private final OrderRows rows;
    private final Merges merges;
    private final OrderSealing sealing;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Archive(OrderRows rows, Merges merges, OrderSealing sealing, ApplicationEventPublisher events, Clock clock) {
        this.rows = rows;
        this.merges = merges;
        this.sealing = sealing;
        this.events = events;
        this.clock = clock;
    }

    /** The part of storing orders that needs no transaction, for who has many and can do two things at a time. */
    public List<PreparedOrder> prepare(AccountView account, Collection<MarketplaceOrder> orders) {
        return orders.stream().map(order -> sealing.prepare(account, order)).toList();
    }

    /** Joins the caller's transaction, so that a cursor can advance with what it covers. */
    @Transactional(propagation = Propagation.MANDATORY)
    public Stored store(AccountView account, Collection<MarketplaceOrder> orders, Source source) {
        return storePrepared(account, prepare(account, orders), source);
    }

    /** Joins the caller's transaction as well. */
    @Transactional(propagation = Propagation.MANDATORY)
    public Stored storePrepared(AccountView account, List<PreparedOrder> orders, Source source) {
        if (orders.isEmpty()) {
            return Stored.NOTHING;
        }
        lock(account.id());
        var now = clock.instant();
        var newest = newestOfEach(orders);
        var known = rows.find(account.id(), newest.keySet());
        var placed = new ArrayList<OrderVersion>();
        var changed = new ArrayList<OrderVersion>();
        int stale = 0;
        for (var prepared : newest.values()) {
            var order = prepared.order();
            var before = known.get(order.externalId());
            if (before == null) {
                placed.add(OrderVersion.first(prepared, now));
            } else if (before.supersededBy(order)) {
                if (!before.sameContent(prepared.content().hash())) {
                    changed.add(OrderVersion.next(before, prepared, now));
                }
            } else if (!before.sameContent(prepared.content().hash())) {
                stale++;
            }
        }
        write(account, placed, changed, source, now);
        var unchanged = newest.size() - placed.size() - changed.size() - stale;
        return new Stored(placed.size(), changed.size(), unchanged, stale);
    }

    /** Which of the orders the archive has. */
    public Set<String> known(AccountId account, Collection<String> externalIds) {
        return rows.find(account, externalIds).keySet();
    }

    /** Until the end of the transaction nobody else writes to the account's orders. */
    public void lock(AccountId account) {
        rows.lock(account);
    }

    private void write(
            AccountView account, List<OrderVersion> placed, List<OrderVersion> changed, Source source, Instant now) {
        if (placed.isEmpty() && changed.isEmpty()) {
            return;
        }
        rows.keepRevisions(changed, source, now);
        var predecessors = merges.predecessors(placed);
        rows.insert(account, sealing.deposit(account, placed), source, now);
        rows.update(sealing.deposit(account, changed), now);
        merges.settle(account.id(), predecessors, now);
        events.publishEvent(new OrdersArchived(account.id(), source, ids(placed), ids(changed), now));
    }

    private static LinkedHashMap<String, PreparedOrder> newestOfEach(List<PreparedOrder> orders) {
        var newest = new LinkedHashMap<String, PreparedOrder>();
        orders.forEach(it -> newest.merge(it.order().externalId(), it, PreparedOrder::newer));
        return newest;
    }

    private static List<OrderId> ids(List<OrderVersion> versions) {
        return versions.stream().map(version -> new OrderId(version.id())).toList();
    }
}
