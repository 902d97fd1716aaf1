package dev.kontor.inventory.reservations;

import java.sql.Array;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

import dev.kontor.accounts.AccountId;
import dev.kontor.inventory.UnfollowedOrders;
import dev.kontor.orders.OrderId;

import static java.time.ZoneOffset.UTC;

/**
 * What the archive told and the stock has not followed yet. It is told in the archive's own transaction and cheaply, so
 * that following can fail without any harm to the archive.
 */
@Component
public class ToldOrders implements UnfollowedOrders {

    private static final Logger log = LoggerFactory.getLogger(ToldOrders.class);
    private static final int AT_ONCE = 20;
    private static final int SEVERAL = 5;
    private static final Duration AFTER_FAULT = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final JdbcClient jdbc;
    private final Reservations reservations;
    private final TransactionTemplate transaction;
    private final Clock clock;

    ToldOrders(JdbcClient jdbc, Reservations reservations, TransactionTemplate transaction, Clock clock) {
        this.jdbc = jdbc;
        this.reservations = reservations;
        this.transaction = transaction;
        this.clock = clock;
    }

    private record Told(long id, AccountId account, List<OrderId> orders) {}

    void add(AccountId account, Collection<OrderId> orders) {
        jdbc.sql("insert into inventory.told_orders (account, orders, due_at) values (?, ?, ?)")
                .params(
                        account.value(),
                        orders.stream().map(OrderId::value).toArray(UUID[]::new),
                        clock.instant().atOffset(UTC))
                .update();
    }

    /** Accounts with orders to follow. */
    public List<AccountId> waiting() {
        return jdbc.sql("select distinct account from inventory.told_orders where due_at <= ?")
                .param(clock.instant().atOffset(UTC))
                .query((row, number) -> new AccountId(row.getObject(1, UUID.class)))
                .list();
    }

    /** Whether all that was told of the account's orders is in the ledger. */
    public boolean followed(AccountId account) {
        return jdbc.sql("select not exists (select from inventory.told_orders where account = ?)")
                .param(account.value())
                .query(Boolean.class)
                .single();
    }

    @Override
    public List<Unfollowed> unfollowed() {
        return jdbc.sql("""
                        select account, sum(cardinality(orders)) as orders from inventory.told_orders
                        where tries >= ? group by account""")
                .param(SEVERAL)
                .query((row, number) ->
                        new Unfollowed(new AccountId(row.getObject("account", UUID.class)), row.getLong("orders")))
                .list();
    }

    /** Follows some of what was told of an account. @return whether there was anything */
    public boolean follow(AccountId account) {
        var failed = new ArrayList<Told>();
        try {
            return Boolean.TRUE.equals(transaction.execute(status -> {
                var told = claim(account, AT_ONCE);
                failed.addAll(told);
                judge(account, told);
                return !told.isEmpty();
            }));
        } catch (RuntimeException e) {
            log.warn("Orders of account {} could not move stock and will be tried one by one", account, e);
            failed.forEach(this::followAlone);
            return true;
        }
    }

    /** One that cannot be followed costs itself only. */
    private void followAlone(Told told) {
        try {
            transaction.executeWithoutResult(
                    status -> find(told.id()).ifPresent(it -> judge(it.account(), List.of(it))));
        } catch (RuntimeException e) {
            log.error("Orders {} cannot move stock at the moment", told.orders(), e);
            jdbc.sql("""
                            update inventory.told_orders set tries = tries + 1,
                              due_at = :now::timestamptz + least(:longest::interval, :pause::interval * (1 << least(tries, 6)))
                            where id = :id""")
                    .param("now", clock.instant().atOffset(UTC))
                    .param("longest", LONGEST.toSeconds() + " s")
                    .param("pause", AFTER_FAULT.toSeconds() + " s")
                    .param("id", told.id())
                    .update();
        }
    }

    private void judge(AccountId account, List<Told> told) {
        if (told.isEmpty()) {
            return;
        }
        var orders = new LinkedHashSet<OrderId>();
        told.forEach(it -> orders.addAll(it.orders()));
        reservations.judge(account, orders);
        jdbc.sql("delete from inventory.told_orders where id = any(?)")
                .param(told.stream().map(Told::id).toArray(Long[]::new))
                .update();
    }

    private List<Told> claim(AccountId account, int limit) {
        return select(
                "account = ? and due_at <= ? order by id limit ?",
                account.value(),
                clock.instant().atOffset(UTC),
                limit);
    }

    private Optional<Told> find(long id) {
        return select("id = ?", id).stream().findFirst();
    }

    private List<Told> select(String condition, Object... parameters) {
        return jdbc.sql("select * from inventory.told_orders where " + condition + " for update skip locked")
                .params(parameters)
                .query((row, number) -> new Told(
                        row.getLong("id"),
                        new AccountId(row.getObject("account", UUID.class)),
                        ids(row.getArray("orders"))))
                .list();
    }

    private static List<OrderId> ids(Array array) throws SQLException {
        return Arrays.stream((UUID[]) array.getArray()).map(OrderId::new).toList();
    }
}
