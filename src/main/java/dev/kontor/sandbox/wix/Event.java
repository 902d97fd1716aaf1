package dev.kontor.sandbox.wix;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import dev.kontor.sandbox.world.Dice;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Something that Wix tells the app of, in its own words. */
record Event(String type, ObjectNode data) {

    private static final String ORDER = "wix.ecom.v1.order";
    private static final String STOCK_V1 = "com.wix.ecommerce.inventory.api.v1.InventoryVariantsChanged";
    private static final String STOCK_V3 = "wix.stores.catalog.v3.inventory_item";
    private static final int MOST_OF_A_STAGE = 4;

    /** What happened when an order reached the last of its stages; one change is told by several events. */
    static List<Event> of(Sale sale, ObjectNode order, long seed) {
        var slugs = slugs(sale);
        var events = new ArrayList<Event>();
        for (var index = 0; index < slugs.size(); index++) {
            var number = (sale.stages().size() - 1) * MOST_OF_A_STAGE + index + 1;
            var slug = slugs.get(index);
            var id = Dice.uuid(seed, "wix event " + slug, sale.key() * 64L + number)
                    .toString();
            var data = modern(
                    id, ORDER, slug, order.get("id").asString(), sale.now().at(), number);
            content(data, slug, order);
            events.add(new Event(ORDER + "_" + slug, data));
        }
        return events;
    }

    private static List<String> slugs(Sale sale) {
        if (sale.stages().size() == 1) {
            return List.of("created");
        }
        var now = sale.now();
        var before = sale.stages().get(sale.stages().size() - 2);
        var slugs = new ArrayList<>(List.of("updated"));
        if (!now.payment().equals(before.payment())) {
            slugs.add("payment_status_updated");
        }
        if (!now.status().equals(before.status())) {
            slugs.add(now.status().equals("CANCELED") ? "canceled" : "approved");
        }
        if (now.fulfillment().equals("FULFILLED") && !before.fulfillment().equals("FULFILLED")) {
            slugs.add("fulfilled");
        }
        return slugs;
    }

    /** Some producers send the entity as an object, others as a text. */
    private static void content(ObjectNode data, String slug, ObjectNode order) {
        switch (slug) {
            case "created" -> data.putObject("createdEvent").set("entity", order);
            case "updated" -> data.putObject("updatedEvent").set("currentEntity", order);
            case "approved", "canceled" -> data.putObject("actionEvent").put("bodyAsJson", wrapped(order));
            default -> data.putObject("actionEvent").putObject("body").set("order", order);
        }
    }

    private static String wrapped(ObjectNode order) {
        return object().set("order", order).toString();
    }

    /** Of a site with the older catalog the event is flat, and has neither id nor number. */
    static Event of(Item item, boolean older) {
        var article = item.article();
        var look = item.now();
        if (older) {
            var data = object().put("inventoryId", item.id()).put("productId", article.productId());
            data.putArray("variants").addObject().put("id", article.olderVariant());
            return new Event(STOCK_V1, data);
        }
        var id = UUID.nameUUIDFromBytes((item.id() + "/" + look.revision()).getBytes(UTF_8));
        var data = modern(id.toString(), STOCK_V3, "updated", item.id(), look.since(), look.revision());
        data.putObject("updatedEvent")
                .putObject("currentEntity")
                .put("id", item.id())
                .put("revision", Long.toString(look.revision()))
                .put("productId", article.productId())
                .put("variantId", article.variant().toString())
                .put("locationId", item.location())
                .put("quantity", look.quantity());
        return new Event(STOCK_V3 + "_updated", data);
    }

    static Event appRemoved(String app) {
        return new Event("AppRemoved", object().put("appId", app));
    }

    private static ObjectNode modern(String id, String fqdn, String slug, String entity, long at, long number) {
        return object().put("id", id)
                .put("entityFqdn", fqdn)
                .put("slug", slug)
                .put("entityId", entity)
                .put("eventTime", OrderDocument.time(at))
                .put("entityEventSequence", Long.toString(number))
                .put("triggeredByAnonymizeRequest", false)
                .put("originatedFrom", "");
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
