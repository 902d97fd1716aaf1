package dev.kontor.sandbox.allegro;

import tools.jackson.databind.node.ObjectNode;

import static dev.kontor.sandbox.allegro.Json.array;
import static dev.kontor.sandbox.allegro.Json.object;

/** Renders one entry of the event log. */
final class EventDocument {

    private EventDocument() {}

    static ObjectNode render(long id, Event event, String sellerId, Order order, String formId, String revision) {
        var lines = array();
        var line = new LineDocument(order.currency());
        order.lines().forEach(it -> lines.add(line.brief(it)));
        var node = object();
        node.set("seller", Json.id(sellerId));
        node.set("buyer", new BuyerDocument(order.buyer()).brief());
        node.set("lineItems", lines);
        node.set("checkoutForm", Json.id(formId).put("revision", revision));
        node.set("marketplace", Json.id(order.buyer().country().marketplace));
        return object().put("id", Long.toString(id))
                .put("type", event.type())
                .put("occurredAt", Json.time(event.at()))
                .set("order", node);
    }

    /** What an entry of the log is about. */
    record Event(String type, Form form, long at) {}
}
