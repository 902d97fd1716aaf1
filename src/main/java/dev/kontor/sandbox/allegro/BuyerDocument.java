package dev.kontor.sandbox.allegro;

import tools.jackson.databind.node.ObjectNode;

import static dev.kontor.sandbox.allegro.Json.array;
import static dev.kontor.sandbox.allegro.Json.object;

/** Renders the buyer: short for events, full for checkout forms, and the addresses he gave. */
final class BuyerDocument {

    private final Buyer buyer;

    BuyerDocument(Buyer buyer) {
        this.buyer = buyer;
    }

    ObjectNode brief() {
        return Json.id(buyer.id())
                .put("email", buyer.email())
                .put("login", buyer.login())
                .put("guest", buyer.guest())
                .set("preferences", object().put("language", buyer.country().language));
    }

    /** The names are known from the purchase on, a guest's address only from the form. */
    ObjectNode full(boolean filledIn) {
        var node = brief();
        node.put("firstName", buyer.firstName())
                .put("lastName", buyer.lastName())
                .put("companyName", buyer.company())
                .putNull("personalIdentity")
                .put("phoneNumber", buyer.phone());
        node.set("address", buyer.guest() && !filledIn ? null : address().put("postCode", buyer.zipCode()));
        return node;
    }

    ObjectNode deliveryAddress(long modifiedAt) {
        var node = address()
                .put("zipCode", buyer.zipCode())
                .put("firstName", buyer.firstName())
                .put("lastName", buyer.lastName())
                .put("companyName", buyer.company())
                .put("phoneNumber", buyer.phone())
                .put("modifiedAt", modifiedAt == 0 ? null : Json.time(modifiedAt));
        if (modifiedAt != 0) {
            node.put("street", buyer.street() + " (w podwórzu)");
        }
        return node;
    }

    ObjectNode invoiceAddress() {
        var node = address().put("zipCode", buyer.zipCode());
        node.set("company", buyer.company() == null ? null : company(buyer.company()));
        node.set(
                "naturalPerson",
                buyer.company() != null
                        ? null
                        : object().put("firstName", buyer.firstName()).put("lastName", buyer.lastName()));
        return node;
    }

    private ObjectNode company(String name) {
        var type = switch (buyer.country()) {
            case PL -> "PL_NIP";
            case CZ -> "CZ_ICO";
            case SK -> "SK_ICO";
        };
        var ids = array().add(object().put("type", type).put("value", buyer.taxId()));
        return object().put("name", name)
                .set("ids", ids)
                .put("vatPayerStatus", "ACTIVE")
                .put("taxId", buyer.taxId());
    }

    private ObjectNode address() {
        return object().put("street", buyer.street())
                .put("city", buyer.city())
                .put("countryCode", buyer.country().name());
    }
}
