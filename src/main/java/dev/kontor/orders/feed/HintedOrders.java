package dev.kontor.orders.feed;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

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

    @TransactionalEventListener
    void on(HintReceived event) {
        var subject = event.hint().subject();
        if (subject == Subject.ORDER || subject == Subject.ERASURE) {
            (event.hint().sign() == null ? orders : signs).take(event);
        }
    }

    @Override
    public void destroy() {
        signs.end();
        orders.end();
    }
}
