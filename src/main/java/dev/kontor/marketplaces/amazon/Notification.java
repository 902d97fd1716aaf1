package dev.kontor.marketplaces.amazon;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

import dev.kontor.marketplaces.FirstSign;
import dev.kontor.marketplaces.MarketplaceOrder.Line;
import dev.kontor.marketplaces.OrderFeed.OrderChange;
import dev.kontor.marketplaces.UnreadableRecord;
import dev.kontor.marketplaces.exchange.Fields;
import dev.kontor.marketplaces.exchange.UnreadableField;

/** What a message in the queue says. */
sealed interface Notification {

    String ORDER_CHANGE = "ORDER_CHANGE";

    /** Goods are kept for orders in these states, which are spelled as by the API before. */
    Set<String> KEPT = Set.of("PendingAvailability", "Pending", "InvoiceUnconfirmed", "Unshipped");

    /** Amazon's id of it where it can be read, so that a repetition is known as one. */
    String id();

    /** Whom it is for, null where even that cannot be read. */
    @Nullable
    String seller();

    record Change(String id, String seller, OrderChange change) implements Notification {}

    record Unreadable(String id, @Nullable String seller, UnreadableRecord unreadable) implements Notification {}

    /** Empty for a notification of something else. */
    static Optional<Notification> read(String messageId, String body, Instant now) {
        var json = json(body);
        if (!json.isMissingNode() && !type(body).equals(ORDER_CHANGE)) {
            return Optional.empty();
        }
        var notification = new Fields(json, "");
        try {
            return Optional.of(change(notification, now));
        } catch (UnreadableField e) {
            var payload = json.path("Payload").path("OrderChangeNotification");
            var record = new UnreadableRecord(
                    "change", text(payload.path("AmazonOrderId")), e.reason(), body.isBlank() ? "{}" : body);
            return Optional.of(new Unreadable(messageId, text(payload.path("SellerId")), record));
        }
    }

    private static Change change(Fields notification, Instant now) {
        var id = notification.at("NotificationMetadata").at("NotificationId").text();
        var payload = notification.at("Payload").at("OrderChangeNotification");
        var trigger = payload.at("OrderChangeTrigger").at("TimeOfOrderChange").optionalTime();
        var told = trigger == null ? notification.at("EventTime").optionalTime() : trigger;
        return new Change(
                id,
                payload.at("SellerId").text(),
                new OrderChange(
                        id,
                        payload.at("AmazonOrderId").text(),
                        payload.at("OrderChangeType").text(),
                        told == null ? now : told,
                        sign(payload)));
    }

    /**
     * Of a sale for which goods are to be kept; null where it tells too little.
     *
     * @see <a href="https://developer-docs.amazon.com/sp-api/docs/notification-type-values#order_change">ORDER_CHANGE</a>
     */
    private static @Nullable FirstSign sign(Fields change) {
        var summary = change.at("Summary");
        return Fields.ifReadable(() -> {
            var placedAt = summary.at("PurchaseDate").optionalTime();
            if (placedAt == null || !KEPT.contains(summary.at("OrderStatus").text())) {
                return null;
            }
            var order = change.at("AmazonOrderId").text();
            var byAmazon = "AFN".equals(summary.at("FulfillmentType").optionalText());
            var lines = new ArrayList<Line>();
            var items = summary.at("OrderItems").array();
            for (int index = 0; index < items.node().size(); index++) {
                var item = items.at(index);
                var sku = item.at("SellerSKU").text();
                var id = AmazonOrder.line(order, item.at("OrderItemId").text());
                lines.add(new Line(id, sku, sku, "", item.at("Quantity").number(), AmazonOrder.UNTOLD, byAmazon));
            }
            return lines.isEmpty() ? null : new FirstSign(placedAt, lines);
        });
    }

    static String type(String body) {
        return json(body).path("NotificationType").asString("unknown");
    }

    private static JsonNode json(String body) {
        try {
            return JsonMapper.shared().readTree(body);
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }

    private static @Nullable String text(JsonNode node) {
        return node.isString() && !node.stringValue().isBlank() ? node.stringValue() : null;
    }
}
