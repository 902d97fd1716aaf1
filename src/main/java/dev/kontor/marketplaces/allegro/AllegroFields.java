package dev.kontor.marketplaces.allegro;

import java.util.Set;
import java.util.TreeSet;

import dev.kontor.marketplaces.DocumentFields;

/** Every field of a checkout form as Allegro documents it, and whether it says something about a person. */
final class AllegroFields {

    static final DocumentFields ORDER = new DocumentFields(open(), personal());

    private AllegroFields() {}

    private static Set<String> personal() {
        var fields = new TreeSet<String>();
        add(fields, "", "messageToSeller", "note.text");
        add(
                fields,
                "buyer.",
                "id",
                "email",
                "login",
                "firstName",
                "lastName",
                "companyName",
                "personalIdentity",
                "phoneNumber",
                "address.street",
                "address.city",
                "address.postCode");
        add(
                fields,
                "delivery.address.",
                "firstName",
                "lastName",
                "street",
                "city",
                "zipCode",
                "companyName",
                "phoneNumber");
        add(
                fields,
                "invoice.address.",
                "street",
                "city",
                "zipCode",
                "company.name",
                "company.ids[].value",
                "company.taxId",
                "naturalPerson.firstName",
                "naturalPerson.lastName");
        add(fields, "lineItems[].vouchers[].", "code", "externalTransactionId");
        return fields;
    }

    private static Set<String> open() {
        var fields = new TreeSet<String>();
        add(fields, "", "id", "status", "revision", "updatedAt", "marketplace.id");
        add(fields, "buyer.", "guest", "preferences.language", "address.countryCode");
        payment(fields, "payment.");
        payment(fields, "surcharges[].");
        add(fields, "codBookedPayments[].", "paymentId", "shipmentId", "paidAt");
        money(fields, "codBookedPayments[].paidAmount.");
        add(fields, "fulfillment.", "status", "shipmentSummary.lineItemsSent", "provider.id");
        delivery(fields);
        add(
                fields,
                "invoice.",
                "required",
                "dueDate",
                "features[]",
                "address.countryCode",
                "address.company.ids[].type",
                "address.company.vatPayerStatus");
        lineItem(fields);
        money(fields, "summary.totalToPay.");
        return fields;
    }

    private static void payment(Set<String> fields, String path) {
        add(fields, path, "id", "type", "provider", "finishedAt", "features[]");
        money(fields, path + "paidAmount.");
        money(fields, path + "reconciliation.");
    }

    /** A pick-up point is a public place. */
    private static void delivery(Set<String> fields) {
        add(
                fields,
                "delivery.",
                "method.id",
                "method.name",
                "smart",
                "cancellation.date",
                "calculatedNumberOfPackages");
        add(fields, "delivery.address.", "countryCode", "modifiedAt");
        add(fields, "delivery.pickupPoint.", "id", "name", "description");
        add(fields, "delivery.pickupPoint.address.", "street", "zipCode", "city", "countryCode");
        add(fields, "delivery.time.", "from", "to", "guaranteed.from", "guaranteed.to", "dispatch.from", "dispatch.to");
        money(fields, "delivery.cost.");
    }

    private static void lineItem(Set<String> fields) {
        var item = "lineItems[].";
        add(fields, item, "id", "quantity", "boughtAt", "discounts[].type");
        add(fields, item + "offer.", "id", "name", "external.id", "hsNumber");
        add(fields, item + "offer.productSet.products[].", "id", "quantity");
        money(fields, item + "originalPrice.");
        money(fields, item + "price.");
        money(fields, item + "deposit.price.");
        money(fields, item + "reconciliation.value.");
        add(fields, item + "reconciliation.", "type", "quantity");
        add(fields, item + "selectedAdditionalServices[].", "definitionId", "name", "quantity");
        money(fields, item + "selectedAdditionalServices[].price.");
        add(fields, item + "vouchers[].", "type", "status");
        money(fields, item + "vouchers[].value.");
        add(fields, item + "tax.", "rate", "subject", "exemption");
        add(fields, item + "serialNumbers.", "expected", "entries[].value", "entries[].returned");
    }

    private static void money(Set<String> fields, String path) {
        add(fields, path, "amount", "currency");
    }

    private static void add(Set<String> fields, String path, String... names) {
        for (var name : names) {
            fields.add(path + name);
        }
    }
}
