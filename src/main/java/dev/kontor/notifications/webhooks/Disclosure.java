package dev.kontor.notifications.webhooks;

import java.util.Set;
import java.util.UUID;

import org.springframework.stereotype.Component;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import dev.kontor.orders.OrderId;
import dev.kontor.orders.PersonalFields;

/**
 * Puts what the marketplace tells of a buyer into a message that is just being sent to an endpoint that was granted it. It is
 * read then and kept nowhere; each reading is on record.
 */
@Component
class Disclosure {

    private static final Set<String> CARRYING = Set.of(
            MessageType.ORDER_PLACED.text(), MessageType.ORDER_UPDATED.text(), MessageType.ORDER_REAPPEARED.text());

    private final PersonalFields fields;
    private final JsonMapper json;

    Disclosure(PersonalFields fields, JsonMapper json) {
        this.fields = fields;
        this.json = json;
    }

    /** What is sent instead of the body that is kept. */
    String to(Endpoint endpoint, String body) {
        if (!endpoint.personalData()) {
            return body;
        }
        var message = (ObjectNode) json.readTree(body);
        if (!CARRYING.contains(message.path("type").asString())) {
            return body;
        }
        var data = (ObjectNode) message.path("data");
        var order = new OrderId(UUID.fromString(data.path("order").asString()));
        var personal = fields.of(order, endpoint.id().value());
        if (personal.isEmpty()) {
            return body;
        }
        var buyer = data.putObject("buyer");
        personal.forEach(buyer::set);
        return json.writeValueAsString(message);
    }
}
