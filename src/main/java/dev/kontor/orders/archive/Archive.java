package dev.kontor.orders.archive;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.Accounts.AccountView;
import dev.kontor.marketplaces.MarketplaceOrder;
import dev.kontor.marketplaces.UnreadableRecord;
import dev.kontor.orders.OrderId;
import dev.kontor.orders.OrdersArchived;
import dev.kontor.orders.OrdersArchived.Merge;
import dev.kontor.orders.Source;
import dev.kontor.orders.quarantine.Quarantine;

/**
 * Takes in what marketplaces say of orders. Saying the same twice changes nothing, and something older never replaces
 * something newer, so every loop may bring every order as often as it likes, in any order.
 */
@Component
public class Archive {

    private final OrderRows rows;
    private final Merges merges;
    private final FirstSigns signs;
    private final OrderSealing sealing;
    private final Quarantine quarantine;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate nested;
    private final Clock clock;

    Archive(
            OrderRows rows,
            Merges merges,
            FirstSigns signs,
            OrderSealing sealing,
            Quarantine quarantine,
            ApplicationEventPublisher events,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.quarantine = quarantine;
        this.nested = new TransactionTemplate(transactions);
        this.nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
        this.rows = rows;
        this.merges = merges;
        this.signs = signs;
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
        var told = signs.ids(account.id(), newest.keySet());
        var news = new News();
        for (var prepared : newest.values()) {
            var id = prepared.order().externalId();
            news.take(prepared, known.get(id), told.get(id), source, now);
        }
        rows.seen(news.seen(), now);
        var refused = write(account, news, source, now);
        tell(new OrdersArchived(
                account.id(),
                source,
                ids(news.placed()),
                ids(news.changed()),
                news.reappeared(),
                news.merged(),
                List.of(),
                now));
        var ids = new HashSet<>(newest.keySet());
        refused.forEach(record -> ids.remove(record.externalId()));
        if (!told.isEmpty()) {
            signs.settle(
                    account.id(),
                    newest.values().stream()
                            .map(PreparedOrder::order)
                            .filter(order -> ids.contains(order.externalId()))
                            .toList());
        }
        quarantine.resolve(account.id(), List.copyOf(ids));
        quarantine.take(account.id(), refused, source);
        return news.counted(newest.size(), refused.size());
    }

    /**
     * The marketplace does not have these orders any more; joins the caller's transaction.
     *
     * @return how many were not known to have vanished
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public int gone(AccountId account, List<String> externalIds, Source source) {
        var now = clock.instant();
        var found = merges.gone(account, externalIds, now);
        var told = signs.ids(account, externalIds);
        if (!told.isEmpty()) {
            signs.gone(account, externalIds);
        }
        var gone = Stream.concat(found.gone().stream(), told.values().stream().map(OrderId::new))
                .distinct()
                .toList();
        tell(new OrdersArchived(account, source, List.of(), List.of(), found.reappeared(), found.merged(), gone, now));
        return found.merged().size() + found.gone().size();
    }

    private void tell(OrdersArchived news) {
        var lists = Stream.of(news.placed(), news.changed(), news.reappeared(), news.merged(), news.gone());
        if (!lists.allMatch(List::isEmpty)) {
            events.publishEvent(news);
        }
    }

    /** Until the end of the transaction nobody else writes to the account's orders. */
    public void lock(AccountId account) {
        rows.lock(account);
    }

    /** What the database refuses costs only itself: then every order is written on its own. */
    private List<UnreadableRecord> write(AccountView account, News news, Source source, Instant now) {
        var refused = new ArrayList<UnreadableRecord>();
        if (!attempt(() -> news.merged(writeAll(account, news.placed(), news.changed(), source, now)))) {
            news.placed()
                    .removeIf(it -> refuses(
                            it, refused, () -> news.merged(writeAll(account, List.of(it), List.of(), source, now))));
            news.changed()
                    .removeIf(it -> refuses(
                            it, refused, () -> news.merged(writeAll(account, List.of(), List.of(it), source, now))));
        }
        return refused;
    }

    private boolean refuses(OrderVersion version, List<UnreadableRecord> refused, Runnable write) {
        if (attempt(write)) {
            return false;
        }
        refused.add(new UnreadableRecord(
                "order",
                version.order().externalId(),
                "the database cannot keep one of its values",
                new String(version.content().masked(), StandardCharsets.UTF_8),
                version.order().buyer().id()));
        return true;
    }

    /** False where a value cannot be stored; then nothing of it was. */
    private boolean attempt(Runnable write) {
        try {
            nested.executeWithoutResult(status -> write.run());
            return true;
        } catch (DataIntegrityViolationException e) {
            return false;
        }
    }

    private List<Merge> writeAll(
            AccountView account, List<OrderVersion> placed, List<OrderVersion> changed, Source source, Instant now) {
        if (placed.isEmpty() && changed.isEmpty()) {
            return List.of();
        }
        rows.keepRevisions(changed, source, now);
        var related = merges.related(placed);
        rows.insert(account, sealing.deposit(account, placed), source, now);
        rows.update(sealing.deposit(account, changed), now);
        return merges.settle(account.id(), related, now);
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
