package dev.kontor.orders.reading;

import java.util.List;

import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

import dev.kontor.accounts.Accounts;
import dev.kontor.accounts.Accounts.AccountView;
import dev.kontor.api.NotFound;
import dev.kontor.audit.Act;
import dev.kontor.audit.AuditLog;
import dev.kontor.marketplaces.Lane;
import dev.kontor.orders.OrderId;
import dev.kontor.orders.OrderRefresh;
import dev.kontor.orders.OrderView;
import dev.kontor.orders.Orders;
import dev.kontor.orders.Source;
import dev.kontor.orders.loops.Run;

@Component
class AskedReading implements OrderRefresh {

    private final Orders orders;
    private final Accounts accounts;
    private final OrderReader reader;
    private final ReadingsWriter writer;
    private final AuditLog audit;
    private final TransactionOperations transaction;

    AskedReading(
            Orders orders,
            Accounts accounts,
            OrderReader reader,
            ReadingsWriter writer,
            AuditLog audit,
            TransactionOperations transaction) {
        this.orders = orders;
        this.accounts = accounts;
        this.reader = reader;
        this.writer = writer;
        this.audit = audit;
        this.transaction = transaction;
    }

    @Override
    public Outcome refresh(OrderId id) {
        var order = orders.find(List.of(id)).stream().findFirst().orElseThrow(() -> NotFound.of("order", id));
        return accounts.find(order.account())
                .filter(AccountView::active)
                .map(account -> read(account, order))
                .orElse(Outcome.NOT_NOW);
    }

    private Outcome read(AccountView account, OrderView order) {
        audit.recordAtOnce(Act.of("order.asked-for", "order", order.id()));
        var answers = reader.read(account.id(), Lane.LIVE_ORDERS, List.of(order.externalId()));
        var readings = Readings.leavingOver(answers);
        if (readings.settled().isEmpty()) {
            return Outcome.NOT_NOW;
        }
        transaction.executeWithoutResult(_ -> writer.store(account, readings, Source.SWEEP, new Run()));
        if (!readings.orders().isEmpty()) {
            return Outcome.READ;
        }
        return readings.gone().isEmpty() ? Outcome.UNREADABLE : Outcome.GONE;
    }
}
