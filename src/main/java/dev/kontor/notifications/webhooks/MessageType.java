package dev.kontor.notifications.webhooks;

import com.fasterxml.jackson.annotation.JsonValue;

import dev.kontor.notifications.webhooks.Payload.Account;
import dev.kontor.notifications.webhooks.Payload.Alert;
import dev.kontor.notifications.webhooks.Payload.Order;
import dev.kontor.notifications.webhooks.Payload.Oversell;
import dev.kontor.notifications.webhooks.Payload.Ping;
import dev.kontor.notifications.webhooks.Payload.Plan;
import dev.kontor.notifications.webhooks.Payload.Quantity;
import dev.kontor.notifications.webhooks.Payload.Stock;

/** What messages tell of. A name is stable: endpoints ask for it, and receivers know its payload by it. */
public enum MessageType {
    ORDER_ANNOUNCED(
            "order.announced", Order.class, "A first sign of a sale came; the order itself is still to be read"),
    ORDER_PLACED("order.placed", Order.class, "An order was archived for the first time"),
    ORDER_UPDATED("order.updated", Order.class, "An order has changed"),
    ORDER_REAPPEARED("order.reappeared", Order.class, "An order that was told to be merged or gone is there after all"),
    ORDER_MERGED("order.merged", Order.class, "The lines of an order live on in another one"),
    ORDER_GONE("order.gone", Order.class, "The marketplace does not have an order any more"),
    STOCK_CHANGED("stock.changed", Stock.class, "The stock of an item is not what it was"),
    OVERSELL_DETECTED("oversell.detected", Oversell.class, "More of an item is sold than is there"),
    OVERSELL_ENDED("oversell.ended", Oversell.class, "There is enough again for all that is sold"),
    PLAN_OPENED("plan.opened", Plan.class, "A mass change waits for a person"),
    PLAN_DECIDED("plan.decided", Plan.class, "A mass change waits no more"),
    QUANTITY_DIFFERED(
            "quantity.differed",
            Quantity.class,
            "A listing was seen to show another quantity than it should, and no sale explains it"),
    ACCOUNT_ACTIVATED("account.activated", Account.class, "An account was connected, reconnected or resumed"),
    ACCOUNT_DEACTIVATED("account.deactivated", Account.class, "An account stopped being active"),
    ALERT_RAISED("alert.raised", Alert.class, "Something is wrong that somebody has to know"),
    ALERT_CHANGED("alert.changed", Alert.class, "An alert got worse or better, or somebody sees to it"),
    ALERT_ESCALATED("alert.escalated", Alert.class, "Nobody has taken an alert for too long"),
    ALERT_RESOLVED("alert.resolved", Alert.class, "What an alert told of is over"),
    /** Asked for by a person, and never chosen. */
    WEBHOOK_PING("webhook.ping", Ping.class, "Somebody tries whether messages arrive");

    private final String text;
    private final Class<? extends Payload> payload;
    private final String description;

    MessageType(String text, Class<? extends Payload> payload, String description) {
        this.text = text;
        this.payload = payload;
        this.description = description;
    }

    /** Such as {@code order.updated}. */
    @JsonValue
    public String text() {
        return text;
    }

    public Class<? extends Payload> payload() {
        return payload;
    }

    public String description() {
        return description;
    }

    /** Whether an endpoint may ask for it. */
    public boolean isChosen() {
        return this != WEBHOOK_PING;
    }

    static MessageType parse(String text) {
        for (var type : values()) {
            if (type.text.equals(text)) {
                return type;
            }
        }
        throw new IllegalArgumentException("no type of messages: " + text);
    }

    @Override
    public String toString() {
        return text;
    }
}
