package dev.kontor.orders.feed;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import dev.kontor.accounts.HintReceived;
import dev.kontor.marketplaces.Push.Subject;

/**
 * Has orders read of which marketplaces tell. One change is often told several times within a moment, and a sale comes
 * seldom alone. What a hint itself says of a sale does not wait for the readings before it.
 */
@Component
class HintedOrders implements DisposableBean {

    private final Gathered orders;
    private final Gathered signs;

    HintedOrders(HintedReading reading) {
        this.orders = new Gathered("hinted-orders", reading::read);
        this.signs = new Gathered(
                "first-signs",
                (account, events) -> reading.announce(account, events).forEach(orders::take));
    }

    /**
     * Not a listener after the commit: the database would keep who is to hear of it, and be told that he did by a second
     * connection while the marketplace's request holds the first. What is lost here is announced again.
     */
    @EventListener
    void on(HintReceived event) {
        var subject = event.hint().subject();
        if (subject == Subject.ORDER || subject == Subject.ERASURE) {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    (event.hint().sign() == null ? orders : signs).take(event);
                }
            });
        }
    }

    @Override
    public void destroy() {
        signs.end();
        orders.end();
    }
}
