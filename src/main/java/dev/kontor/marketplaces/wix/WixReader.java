package dev.kontor.marketplaces.wix;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import dev.kontor.marketplaces.Drift;
import dev.kontor.marketplaces.MarketplaceOrder;
import dev.kontor.marketplaces.OrderFeed.ChangePage;
import dev.kontor.marketplaces.OrderFeed.LogEnd;
import dev.kontor.marketplaces.OrderFeed.OrderChange;
import dev.kontor.marketplaces.OrderFeed.OrderPage;
import dev.kontor.marketplaces.OrderFeed.OrderReading;
import dev.kontor.marketplaces.OrderStatus;
import dev.kontor.marketplaces.UnreadableRecord;
import dev.kontor.marketplaces.exchange.Fields;
import dev.kontor.marketplaces.exchange.Reply;
import dev.kontor.marketplaces.exchange.UnreadableField;
import dev.kontor.marketplaces.exchange.UnreadableReply;

/** Reads Wix's answers record by record, so that a broken one costs itself and none of its neighbours. */
@Component
class WixReader {

    /** Wix has no log of changes, so every change has the name of the event that comes with all of them. */
    private static final String CHANGE = "order_updated";

    private final Drift drift;
    private final WixProperties properties;

    WixReader(Drift drift, WixProperties properties) {
        this.drift = drift;
        this.properties = properties;
    }

    ChangePage changes(Reply reply, SearchPlace place) {
        var changes = new ArrayList<OrderChange>();
        var unreadable = new ArrayList<UnreadableRecord>();
        var newest = place.reached();
        for (var order : list(reply)) {
            try {
                var change = change(new Fields(order, ""));
                newest = newest == null || change.occurredAt().isAfter(newest) ? change.occurredAt() : newest;
                changes.add(change);
            } catch (UnreadableField e) {
                unreadable.add(
                        new UnreadableRecord("change", id(order), e.reason(), order.toString(), WixOrder.buyer(order)));
            }
        }
        var further = further(reply);
        var known = further == null ? reply.askedAt() : earlier(newest, reply.askedAt());
        return new ChangePage(
                changes,
                unreadable,
                place.after(newest, further).cursor(),
                further != null,
                known.equals(Instant.EPOCH) ? known : known.minus(properties.overlap()));
    }

    private static Instant earlier(@Nullable Instant newest, Instant askedAt) {
        return newest == null ? Instant.EPOCH : newest.isAfter(askedAt) ? askedAt : newest;
    }

    private static OrderChange change(Fields order) {
        var id = order.at("id").text();
        var changedAt = order.at(WixOrder.CHANGED).time();
        return new OrderChange(
                id + "@" + OrderSearch.TIME.format(changedAt),
                id,
                CHANGE,
                changedAt,
                changedAt,
                WixOrder.sign(order.node()));
    }

    LogEnd end(Reply reply) {
        var newest = list(reply).stream().findFirst();
        try {
            return new LogEnd(newest.map(
                            order -> new Fields(order, "").at(WixOrder.CHANGED).time())
                    .map(changedAt -> SearchPlace.START.after(changedAt, null).cursor())
                    .orElse(null));
        } catch (UnreadableField e) {
            throw new UnreadableReply(e.reason());
        }
    }

    OrderReading order(Reply reply, String id) {
        var order = reply.body().path("order");
        try {
            return new OrderReading.Found(read(order, reply.askedAt()));
        } catch (UnreadableField e) {
            return new OrderReading.Unreadable(unreadable(id, order, e));
        }
    }

    OrderReading interpret(ObjectNode document, Instant asOf) {
        try {
            return new OrderReading.Found(read(document, asOf));
        } catch (UnreadableField e) {
            return new OrderReading.Unreadable(unreadable(null, document, e));
        }
    }

    /** A search may be behind the orders by as much as changes may be late. */
    OrderPage page(Reply reply, SearchPlace place) {
        var orders = new ArrayList<MarketplaceOrder>();
        var unreadable = new ArrayList<UnreadableRecord>();
        var asOf = reply.askedAt().minus(properties.overlap());
        for (var order : list(reply)) {
            try {
                orders.add(read(order, asOf));
            } catch (UnreadableField e) {
                unreadable.add(unreadable(id(order), order, e));
            }
        }
        var newest = orders.isEmpty() ? null : orders.getLast().placedAt();
        var further = further(reply);
        return new OrderPage(
                orders,
                unreadable,
                further == null ? null : place.after(newest, further).cursor(),
                null);
    }

    private MarketplaceOrder read(JsonNode json, Instant asOf) {
        var order = WixOrder.read(json, asOf);
        if (order.status() == OrderStatus.UNKNOWN) {
            drift.seen(WixCalls.WIX, Drift.Kind.STATUS, List.of(order.marketplaceStatus()));
        }
        var unknown = WixFields.ORDER.unknown(order.document());
        if (!unknown.isEmpty()) {
            drift.seen(WixCalls.WIX, Drift.Kind.FIELD, unknown);
        }
        return order;
    }

    private static UnreadableRecord unreadable(@Nullable String id, JsonNode order, UnreadableField field) {
        return new UnreadableRecord("order", id, field.reason(), order.toString(), WixOrder.buyer(order));
    }

    private static @Nullable String id(JsonNode order) {
        var id = order.path("id");
        return id.isString() ? id.stringValue() : null;
    }

    private static @Nullable String further(Reply reply) {
        var metadata = reply.body().path("metadata");
        var next = metadata.path("cursors").path("next").asString("");
        return metadata.path("hasNext").asBoolean(false) && !next.isEmpty() ? next : null;
    }

    private static List<JsonNode> list(Reply reply) {
        var list = reply.body().path("orders");
        if (!list.isArray()) {
            throw new UnreadableReply("orders is not a list");
        }
        return list.valueStream().toList();
    }
}
