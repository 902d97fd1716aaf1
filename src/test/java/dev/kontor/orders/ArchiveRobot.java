package dev.kontor.orders;

import java.util.List;
import java.util.Optional;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import dev.kontor.accounts.Accounts.AccountView;
import dev.kontor.orders.archive.OrderFilter;
import dev.kontor.orders.archive.OrderQueries;

/** Looks into the archive for tests. */
@Component
public class ArchiveRobot {

    private final OrderQueries orders;
    private final JdbcClient jdbc;

    ArchiveRobot(OrderQueries orders, JdbcClient jdbc) {
        this.orders = orders;
        this.jdbc = jdbc;
    }

    public List<OrderView> all(AccountView account) {
        return orders.list(new OrderFilter(account.id(), List.of(), null, null, null, true), null, 10_000);
    }

    public List<String> ids(AccountView account) {
        return all(account).stream().map(OrderView::externalId).sorted().toList();
    }

    public List<String> found(AccountView account, String query) {
        return orders.list(new OrderFilter(account.id(), List.of(), null, null, query, true), null, 100).stream()
                .map(OrderView::externalId)
                .sorted()
                .toList();
    }

    /** Also an order that lives on in another. */
    public Optional<OrderView> find(AccountView account, String externalId) {
        return jdbc.sql("select id from orders.orders where account = ? and external_id = ?")
                .params(account.id().value(), externalId)
                .query((row, number) -> new OrderId(row.getObject(1, java.util.UUID.class)))
                .optional()
                .flatMap(orders::find);
    }

    public OrderView get(AccountView account, String externalId) {
        return find(account, externalId).orElseThrow();
    }

    public List<String> events(AccountView account) {
        return jdbc.sql("select external_id from orders.order_events where account = ? order by external_id")
                .param(account.id().value())
                .query((row, number) -> row.getString(1))
                .list();
    }

    public List<String> quarantined(AccountView account) {
        return jdbc.sql(
                        "select external_id from orders.quarantine where account = ? and resolved_at is null order by 1")
                .param(account.id().value())
                .query((row, number) -> String.valueOf(row.getString(1)))
                .list();
    }
}
