package dev.kontor.marketplaces.amazon;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import dev.kontor.marketplaces.DocumentFields;

/** The fields of an order as Amazon documents them, and whether they say something about a person. */
final class AmazonFields {

    private static final String RECIPIENT = "recipient.deliveryAddress.";
    private static final String TAXPAYER = "tax.taxRegistrations[].taxRegistrationAddress.";
    private static final String PREFERENCE = "recipient.deliveryPreference.";
    private static final String ITEM = "orderItems[].";
    private static final String SUBSTITUTION = ITEM + "fulfillment.picking.substitutionPreference.";

    static final DocumentFields ORDER = new DocumentFields(open(), personal());

    private AmazonFields() {}

    private static Set<String> personal() {
        var fields = new TreeSet<String>();
        add(fields, "buyer.", "buyerName", "buyerEmail", "buyerCompanyName", "buyerPurchaseOrderNumber");
        for (var address : List.of(RECIPIENT, TAXPAYER)) {
            add(fields, address, "name", "companyName", "addressLine1", "addressLine2", "addressLine3", "city");
            add(fields, address, "districtOrCounty", "municipality", "postalCode", "phone");
            add(fields, address + "extendedFields.", "streetName", "streetNumber", "complement", "neighborhood");
        }
        add(fields, PREFERENCE, "dropOffLocation", "addressInstruction", "deliveryCapabilities[]");
        times(fields, PREFERENCE + "deliveryTime.businessHours[].", "dayOfWeek");
        times(fields, PREFERENCE + "deliveryTime.exceptionDates[].", "exceptionDate", "exceptionDateType");
        add(fields, "tax.taxRegistrations[].", "legalName", "taxRegistrationNumber");
        add(fields, "tax.taxRegistrations[].taxRegistrationAttributes[].", "value");
        add(fields, "payment.paymentExecutions[].", "authorizationCode");
        add(fields, ITEM, "fulfillment.packing.giftOption.giftMessage", "product.customization.customizedUrl");
        add(fields, ITEM + "cancellation.", "cancellationRequest.cancelReason", "cancellationExecution.cancelReason");
        add(fields, "packages[].", "trackingNumber");
        return fields;
    }

    private static void times(Set<String> fields, String path, String... days) {
        add(fields, path, days);
        add(fields, path + "timeWindows[].startTime.", "hour", "minute");
        add(fields, path + "timeWindows[].endTime.", "hour", "minute");
    }

    private static Set<String> open() {
        var fields = new TreeSet<String>();
        add(fields, "", "orderId", "createdTime", "lastUpdatedTime", "programs[]");
        add(fields, "orderAliases[].", "aliasId", "aliasType");
        add(fields, "associatedOrders[].", "orderId", "associationType");
        add(fields, "salesChannel.", "channelName", "marketplaceId", "marketplaceName");
        for (var address : List.of(RECIPIENT, TAXPAYER)) {
            add(fields, address, "stateOrRegion", "countryCode", "addressType");
        }
        money(fields, "proceeds.grandTotal");
        add(fields, "proceeds.breakdowns[].", "type", "status");
        money(fields, "proceeds.breakdowns[].subtotal");
        add(fields, "payment.paymentExecutions[].", "paymentMethod", "acquirerId", "cardBrand");
        money(fields, "payment.paymentExecutions[].paymentAmount");
        add(fields, "tax.taxRegistrations[].", "entityType", "taxRegistrationType", "taxRegistrationAttributes[].key");
        add(fields, "tax.taxInvoicing.", "buyerInvoicePreference", "invoiceStatus");
        add(fields, "fulfillment.", "fulfillmentStatus", "fulfilledBy", "fulfillmentServiceLevel");
        for (var window : List.of("shipByWindow", "deliverByWindow", "labelPrintingWindow")) {
            window(fields, "fulfillment." + window);
        }
        add(fields, "fulfillmentOrders[].", "fulfillmentOrderId");
        item(fields);
        parcel(fields);
        return fields;
    }

    private static void item(Set<String> fields) {
        add(fields, ITEM, "orderItemId", "quantityOrdered", "measurement.unit", "measurement.value", "programs[]");
        add(fields, ITEM + "associatedOrderItems[].", "orderId", "orderItemId", "associationType");
        add(fields, ITEM + "product.", "asin", "title", "sellerSku", "serialNumbers[]", "price.priceDesignation");
        add(fields, ITEM + "product.condition.", "conditionType", "conditionSubtype", "conditionNote");
        money(fields, ITEM + "product.price.unitPrice");
        money(fields, ITEM + "proceeds.proceedsTotal");
        add(fields, ITEM + "proceeds.breakdowns[].", "type", "detailedBreakdowns[].subtype");
        money(fields, ITEM + "proceeds.breakdowns[].subtotal");
        money(fields, ITEM + "proceeds.breakdowns[].detailedBreakdowns[].value");
        add(fields, ITEM + "expense.pointsCost.pointsGranted.", "pointsNumber");
        money(fields, ITEM + "expense.pointsCost.pointsGranted.pointsMonetaryValue");
        add(fields, ITEM + "promotion.breakdowns[].", "promotionId");
        add(fields, ITEM + "cancellation.", "cancellationRequest.requester", "cancellationExecution.cancelledBy");
        add(fields, ITEM + "fulfillment.", "quantityFulfilled", "quantityUnfulfilled");
        add(fields, SUBSTITUTION, "substitutionType");
        add(fields, SUBSTITUTION + "substitutionOptions[].", "asin", "quantityOrdered", "sellerSku", "title");
        add(fields, SUBSTITUTION + "substitutionOptions[].measurement.", "unit", "value");
        add(
                fields,
                ITEM + "fulfillment.packing.",
                "giftOption.giftWrapLevel",
                "serialNumberRequirement.requirementType");
        window(fields, ITEM + "fulfillment.shipping.scheduledDeliveryWindow");
        add(
                fields,
                ITEM + "fulfillment.shipping.shippingConstraints.",
                "palletDelivery",
                "cashOnDelivery",
                "signatureConfirmation",
                "recipientIdentityVerification",
                "recipientAgeVerification");
        add(fields, ITEM + "fulfillment.shipping.internationalShipping.", "iossNumber");
        add(fields, ITEM + "tax.", "taxCalculationBreakdowns[].reportingScheme");
        add(fields, ITEM + "tax.taxCollections[].", "model", "responsibleParty");
    }

    /** Where it was sent from is the seller's own address. */
    private static void parcel(Set<String> fields) {
        add(fields, "packages[].", "packageReferenceId", "createdTime", "carrier", "shipTime", "shippingService");
        add(fields, "packages[].packageStatus.", "status", "detailedStatus");
        add(fields, "packages[].shipFromAddress.", "name", "addressLine1", "addressLine2", "addressLine3", "city");
        add(fields, "packages[].shipFromAddress.", "districtOrCounty", "stateOrRegion", "municipality", "postalCode");
        add(fields, "packages[].shipFromAddress.", "countryCode");
        add(fields, "packages[].packageItems[].", "orderItemId", "quantity", "transparencyCodes[]");
    }

    private static void money(Set<String> fields, String path) {
        add(fields, path, ".amount", ".currencyCode");
    }

    private static void window(Set<String> fields, String path) {
        add(fields, path, ".earliestDateTime", ".latestDateTime");
    }

    private static void add(Set<String> fields, String path, String... names) {
        for (var name : names) {
            fields.add(path + name);
        }
    }
}
