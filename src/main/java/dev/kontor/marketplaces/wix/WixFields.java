package dev.kontor.marketplaces.wix;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import dev.kontor.marketplaces.DocumentFields;

/** The fields of an order as Wix documents them, and whether they say something about a person. */
final class WixFields {

    private static final String SHIPPING = "shippingInfo.logistics.shippingDestination.";
    private static final String PICKUP = "shippingInfo.logistics.pickupDetails.";

    static final DocumentFields ORDER = new DocumentFields(open(), personal());

    private WixFields() {}

    private static Set<String> personal() {
        var fields = new TreeSet<String>();
        add(
                fields,
                "",
                "buyerNote",
                "customFields[].value",
                "shippingInfo.logistics.instructions",
                "extendedFields.namespaces");
        add(fields, "buyerInfo.", "visitorId", "memberId", "contactId", "email");
        add(fields, "createdBy.", "userId", "memberId", "visitorId");
        for (var place : List.of("billingInfo.", "recipientInfo.", SHIPPING)) {
            add(
                    fields,
                    place + "address.",
                    "city",
                    "postalCode",
                    "streetAddress.number",
                    "streetAddress.name",
                    "addressLine",
                    "addressLine2",
                    "geocode.latitude",
                    "geocode.longitude");
            add(fields, place + "contactDetails.", "firstName", "lastName", "phone", "company", "vatId.id");
        }
        var line = "lineItems[].";
        add(fields, line + "descriptionLines[].", "plainText.original", "plainText.translated");
        add(fields, line, "digitalFile.fileId", "digitalFile.link", "extendedFields.namespaces");
        add(
                fields,
                "activities[].",
                "authorEmail",
                "merchantComment.message",
                "orderRefunded.reason",
                "refundInitiated.reason",
                "refundedAsStoreCredit.reason",
                "draftOrderChangesApplied.reason",
                "savedPaymentMethod.name",
                "savedPaymentMethod.description");
        return fields;
    }

    private static Set<String> open() {
        var fields = new TreeSet<String>();
        add(
                fields,
                "",
                "id",
                "number",
                "createdDate",
                "updatedDate",
                "purchasedDate",
                "status",
                "paymentStatus",
                "fulfillmentStatus",
                "archived",
                "imported",
                "currency",
                "taxIncludedInPrices",
                "weightUnit",
                "buyerLanguage",
                "siteLanguage",
                "checkoutId",
                "purchaseFlowId",
                "attributionSource",
                "seenByAHuman",
                "createdBy.appId",
                "tags.privateTags.tagIds[]",
                "tags.tags.tagIds[]",
                "businessLocation.id",
                "businessLocation.name",
                "customFields[].title",
                "customFields[].translatedTitle");
        add(fields, "currencyConversionDetails.", "originalCurrency", "conversionRate");
        add(fields, "channelInfo.", "type", "externalOrderId", "externalOrderUrl");
        sums(fields, "priceSummary.");
        sums(fields, "payAfterFreeTrial.");
        for (var place : List.of("billingInfo.", "recipientInfo.", SHIPPING)) {
            add(fields, place + "address.", "country", "countryFullname", "subdivision", "subdivisionFullname");
            add(fields, place, "contactDetails.vatId.type");
        }
        lineItem(fields, "lineItems[].");
        shipping(fields, "shippingInfo.");
        discounts(fields, "appliedDiscounts[].");
        fees(fields);
        taxes(fields);
        activities(fields, "activities[].");
        balance(fields, "balanceSummary.");
        return fields;
    }

    private static void lineItem(Set<String> fields, String line) {
        add(
                fields,
                line,
                "id",
                "quantity",
                "refundQuantity",
                "restockQuantity",
                "fulfillerId",
                "paymentOption",
                "priceUndetermined",
                "fixedQuantity",
                "itemType.preset",
                "itemType.custom",
                "taxableAddress.addressType",
                "digitalFile.expirationDate");
        add(fields, line + "catalogReference.", "catalogItemId", "appId", "options.variantId");
        translated(fields, line, "productName", "priceDescription");
        var description = line + "descriptionLines[].";
        translated(fields, description, "name", "colorInfo");
        add(fields, description, "colorInfo.code");
        add(fields, line + "image.", "id", "url", "height", "width", "altText", "filename");
        add(fields, line + "physicalProperties.", "weight", "sku", "shippable");
        add(fields, line + "locations[].", "id", "appId", "quantity", "name");
        add(fields, line + "decimalQuantity.", "measurementUnit", "otherUnit", "value");
        translated(fields, line + "decimalQuantity.", "description");
        money(
                fields,
                line,
                "price",
                "priceBeforeDiscounts",
                "totalDiscount",
                "totalPriceBeforeTax",
                "totalPriceAfterTax",
                "lineItemPrice",
                "depositAmount");
        tax(fields, line);
        subscription(fields, line + "subscriptionInfo.");
        var group = line + "modifierGroups[].";
        add(fields, group, "id", "modifiers[].id", "modifiers[].quantity");
        translated(fields, group, "name", "modifiers[].label", "modifiers[].details");
        money(fields, group, "modifiers[].price");
    }

    private static void subscription(Set<String> fields, String path) {
        add(
                fields,
                path,
                "id",
                "cycleNumber",
                "subscriptionOptionTitle",
                "subscriptionOptionDescription",
                "chargesDescription");
        add(
                fields,
                path + "subscriptionSettings.",
                "frequency",
                "interval",
                "autoRenewal",
                "billingCycles",
                "enableCustomerCancellation",
                "freeTrialPeriod.frequency",
                "freeTrialPeriod.interval");
    }

    /** A place where goods are picked up is public. */
    private static void shipping(Set<String> fields, String path) {
        add(fields, path, "carrierId", "code", "title", "region.name");
        add(
                fields,
                path + "logistics.",
                "deliveryTime",
                "deliverByDate",
                "deliveryTimeSlot.from",
                "deliveryTimeSlot.to");
        add(
                fields,
                PICKUP,
                "pickupMethod",
                "address.country",
                "address.subdivision",
                "address.city",
                "address.postalCode",
                "address.streetAddress.number",
                "address.streetAddress.name",
                "address.addressLine",
                "address.addressLine2",
                "address.countryFullname",
                "address.subdivisionFullname");
        money(fields, path + "cost.", "price", "totalPriceBeforeTax", "totalPriceAfterTax", "discount");
        tax(fields, path + "cost.");
    }

    private static void discounts(Set<String> fields, String path) {
        add(
                fields,
                path,
                "id",
                "discountType",
                "lineItemIds[]",
                "lineItemDiscounts[].id",
                "coupon.id",
                "coupon.code",
                "coupon.name",
                "merchantDiscount.discountReason",
                "merchantDiscount.description",
                "discountRule.id");
        translated(fields, path, "discountRule.name");
        money(
                fields,
                path,
                "coupon.amount",
                "merchantDiscount.amount",
                "discountRule.amount",
                "lineItemDiscounts[].totalDiscount");
    }

    private static void fees(Set<String> fields) {
        var fee = "additionalFees[].";
        add(
                fields,
                fee,
                "id",
                "code",
                "name",
                "providerAppId",
                "lineItemIds[]",
                "source",
                "taxableAddress.addressType");
        money(fields, fee, "price", "priceBeforeTax", "priceAfterTax");
        tax(fields, fee);
        var platform = "platformFeeSummary.";
        money(fields, platform, "total", "totalPassOn", "totalAbsorbed", "fees[].amount");
        translated(fields, platform, "fees[].name");
        add(fields, platform + "fees[].", "lineItemId", "chargeType", "percentageRate");
    }

    private static void taxes(Set<String> fields) {
        money(fields, "", "taxSummary.totalTax", "taxInfo.totalTax");
        add(fields, "", "taxInfo.taxExempt");
        var breakdown = "taxInfo.taxBreakdown[].";
        add(fields, breakdown, "taxName", "taxType", "jurisdiction", "jurisdictionType", "rate");
        money(fields, breakdown, "aggregatedTaxAmount");
    }

    private static void activities(Set<String> fields, String path) {
        add(
                fields,
                path,
                "id",
                "createdDate",
                "type",
                "activityType",
                "orderRefunded.manual",
                "draftOrderChangesApplied.draftOrderId",
                "refundInitiated.refundId",
                "paymentRefunded.refundId",
                "paymentRefundFailed.refundId",
                "chargebackCreated.chargebackId",
                "chargebackReversed.chargebackId");
        money(
                fields,
                path,
                "orderRefunded.amount",
                "refundInitiated.amount",
                "refundedAsStoreCredit.amount",
                "chargebackCreated.amount",
                "chargebackReversed.amount",
                "chargebackReversed.reversalAmount");
        for (var payment :
                List.of("authorizedPaymentCreated", "authorizedPaymentCaptured", "authorizedPaymentVoided")) {
            add(fields, path + payment, ".paymentId", ".brand");
            money(fields, path, payment + ".amount");
        }
        for (var payment : List.of("paymentPending", "paymentCanceled", "paymentDeclined")) {
            add(fields, path + payment, ".paymentId", ".regular.creditCardDetails.brand");
            money(fields, path, payment + ".regular.amount");
        }
        for (var receipt : List.of("receiptCreated.", "receiptSent.")) {
            add(
                    fields,
                    path + receipt,
                    "paymentId",
                    "wixReceipt.receiptId",
                    "wixReceipt.displayNumber",
                    "externalReceipt.receiptId",
                    "externalReceipt.displayNumber");
        }
    }

    private static void balance(Set<String> fields, String path) {
        money(
                fields,
                path,
                "balance",
                "paid",
                "refunded",
                "authorized",
                "pendingRefund",
                "pending",
                "chargeback",
                "chargebackReversal",
                "platformFees",
                "totalMinusPlatformFees",
                "cashRoundingAdjustment");
    }

    private static void sums(Set<String> fields, String path) {
        money(fields, path, "subtotal", "shipping", "tax", "discount", "total", "totalAdditionalFees");
    }

    private static void tax(Set<String> fields, String path) {
        money(fields, path + "taxDetails.", "taxableAmount", "totalTax");
        add(fields, path, "taxDetails.taxRate");
        money(fields, path + "taxInfo.", "taxAmount", "taxableAmount");
        add(fields, path + "taxInfo.", "taxRate", "taxGroupId", "taxIncludedInPrice");
        var breakdown = path + "taxInfo.taxBreakdown[].";
        add(fields, breakdown, "jurisdiction", "rate", "taxType", "taxName", "jurisdictionType");
        money(fields, breakdown, "taxAmount", "nonTaxableAmount", "taxableAmount");
    }

    private static void money(Set<String> fields, String path, String... names) {
        for (var name : names) {
            add(fields, path + name, ".amount", ".formattedAmount");
        }
    }

    private static void translated(Set<String> fields, String path, String... names) {
        for (var name : names) {
            add(fields, path + name, ".original", ".translated");
        }
    }

    private static void add(Set<String> fields, String path, String... names) {
        for (var name : names) {
            fields.add(path + name);
        }
    }
}
