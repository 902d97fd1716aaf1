package dev.kontor.sandbox.allegro;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import dev.kontor.sandbox.world.Dice;

import static dev.kontor.sandbox.allegro.Json.array;
import static dev.kontor.sandbox.allegro.Json.money;
import static dev.kontor.sandbox.allegro.Json.object;

/** Renders one checkout form as it is at an instant. */
final class FormDocument {

    private static final long DAY = 24 * 3_600_000L;
    private static final long SURCHARGE = 500;

    private final long seed;
    private final Order order;
    private final FormState state;
    private final BuyerDocument buyer;
    private final boolean noted;
    private final boolean przelewy24;
    private final boolean allegroPay;

    FormDocument(long seed, Order order, FormState state) {
        this.seed = seed;
        this.order = order;
        this.state = state;
        this.buyer = new BuyerDocument(order.buyer());
        var dice = Dice.of(seed, "document", state.form().code());
        this.noted = dice.chance(0.1);
        this.przelewy24 = dice.chance(0.5);
        this.allegroPay = dice.chance(0.2);
    }

    static UUID paymentId(long seed, Form form) {
        return Dice.uuid(seed, "payment", form.code());
    }

    static UUID surchargeId(long seed, Form form) {
        return Dice.uuid(seed, "surcharge", form.code());
    }

    ObjectNode render(String id, String revision) {
        var filledIn = state.has(Step.Kind.FILLED_IN);
        var node = object().put("id", id)
                .put("revision", revision)
                .put("updatedAt", Json.time(state.updatedAt()))
                .put("status", state.status())
                .put("messageToSeller", filledIn ? message() : null);
        node.set("note", state.sent() && noted ? object().put("text", "wysłane; sprawdzić zwrot") : null);
        node.set("marketplace", Json.id(order.buyer().country().marketplace));
        node.set("buyer", buyer.full(filledIn));
        node.set("payment", filledIn ? payment() : null);
        node.set("surcharges", surcharges());
        node.set("codBookedPayments", codBookedPayments());
        node.set("fulfillment", fulfillment());
        node.set("delivery", filledIn ? delivery() : null);
        node.set("invoice", invoice(filledIn));
        var lines = array();
        var line = new LineDocument(order.currency());
        order.lines().forEach(it -> lines.add(line.full(it)));
        node.set("lineItems", lines);
        node.set(
                "summary",
                object().set("totalToPay", money(order.total(state.has(Step.Kind.FILLED_IN)), order.currency())));
        return node;
    }

    private @Nullable String message() {
        return switch ((int) (Dice.hash(seed, "message", state.form().code()) & 15)) {
            case 0 -> "Proszę o szybką wysyłkę, dziękuję!";
            case 1 -> "=HYPERLINK(\"http://example.org\")";
            case 2 -> "Kolor: zielony;\nprezent – bez faktury w paczce 🎁";
            default -> null;
        };
    }

    private ObjectNode payment() {
        var paidAt = state.at(Step.Kind.READY);
        var paid = paidAt != 0 && !order.cash();
        var node = object().put("id", paymentId(seed, state.form()).toString())
                .put("type", order.cash() ? "CASH_ON_DELIVERY" : "ONLINE")
                .put("provider", order.cash() ? "OFFLINE" : przelewy24 ? "P24" : "PAYU")
                .put("finishedAt", paidAt == 0 ? null : Json.time(paidAt));
        node.set("paidAmount", paid ? money(order.total(state.has(Step.Kind.FILLED_IN)), order.currency()) : null);
        node.set("reconciliation", paid ? money(order.total(state.has(Step.Kind.FILLED_IN)), order.currency()) : null);
        node.set("features", allegroPay ? array().add("ALLEGRO_PAY") : array());
        return node;
    }

    private ArrayNode surcharges() {
        var surcharges = array();
        var paidAt = state.at(Step.Kind.SURCHARGE_PAID);
        if (paidAt != 0) {
            surcharges.add(object().put("id", surchargeId(seed, state.form()).toString())
                    .put("type", "ONLINE")
                    .put("provider", "PAYU")
                    .put("finishedAt", Json.time(paidAt))
                    .set("paidAmount", money(SURCHARGE, order.currency()))
                    .set("reconciliation", money(SURCHARGE, order.currency()))
                    .set("features", array()));
        }
        return surcharges;
    }

    private ArrayNode codBookedPayments() {
        var payments = array();
        if (order.cash() && state.fulfillment().equals("PICKED_UP")) {
            payments.add(object().put(
                            "paymentId",
                            Dice.uuid(seed, "booked", state.form().code()).toString())
                    .put(
                            "shipmentId",
                            Dice.uuid(seed, "shipment", state.form().code()).toString())
                    .set("paidAmount", money(order.total(state.has(Step.Kind.FILLED_IN)), order.currency()))
                    .put("paidAt", Json.time(state.boughtAt() + 3 * DAY)));
        }
        return payments;
    }

    private ObjectNode fulfillment() {
        var node = object().put("status", state.fulfillment());
        node.set("shipmentSummary", object().put("lineItemsSent", state.sent() ? "ALL" : "NONE"));
        node.set("provider", Json.id("SELLER"));
        return node;
    }

    private ObjectNode delivery() {
        var delivery = order.delivery();
        var node = object();
        node.set("address", buyer.deliveryAddress(state.at(Step.Kind.BUYER_MODIFIED)));
        node.set("method", Json.id(delivery.id().toString()).put("name", delivery.name()));
        node.set("pickupPoint", delivery.toPoint() ? pickupPoint() : null);
        node.set("cost", money(delivery.cost(), order.currency()));
        node.set("time", deliveryTime());
        node.put("smart", delivery.smart());
        var cancelledAt = state.at(Step.Kind.BUYER_CANCELLED);
        node.set("cancellation", cancelledAt == 0 ? null : object().put("date", Json.time(cancelledAt)));
        return node.put("calculatedNumberOfPackages", 1 + order.lines().size() / 4);
    }

    private ObjectNode pickupPoint() {
        var who = order.buyer();
        var number = Math.floorMod(Dice.hash(seed, "point", state.form().code()), 900) + 100;
        JsonNode address = object().put("street", "Krótka " + number % 90)
                .put("zipCode", who.zipCode())
                .put("city", who.city())
                .put("countryCode", who.country().name());
        return Json.id("POZ" + number + "M")
                .put("name", "Paczkomat POZ" + number + "M")
                .put("description", "Przy sklepie \"Żabka\"")
                .set("address", address);
    }

    private ObjectNode deliveryTime() {
        var from = state.boughtAt() + DAY;
        return object().put("from", Json.time(from))
                .put("to", Json.time(from + 2 * DAY))
                .set(
                        "dispatch",
                        object().put("from", Json.time(state.boughtAt())).put("to", Json.time(from)));
    }

    private ObjectNode invoice(boolean filledIn) {
        var required = filledIn && order.invoice();
        var node = object().put("required", required);
        node.set("address", required ? buyer.invoiceAddress() : null);
        node.putNull("dueDate");
        node.set("features", required && order.buyer().company() != null ? array().add("VAT_EU_UNVERIFIED") : array());
        return node;
    }
}
