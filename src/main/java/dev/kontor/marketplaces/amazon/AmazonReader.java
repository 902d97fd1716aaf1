package dev.kontor.marketplaces.amazon;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import dev.kontor.marketplaces.Drift;
import dev.kontor.marketplaces.MarketplaceOrder;
import dev.kontor.marketplaces.OrderFeed.ChangePage;
import dev.kontor.marketplaces.OrderFeed.OrderChange;
import dev.kontor.marketplaces.OrderFeed.OrderPage;
import dev.kontor.marketplaces.OrderFeed.OrderReading;
import dev.kontor.marketplaces.OrderStatus;
import dev.kontor.marketplaces.Period;
import dev.kontor.marketplaces.UnreadableRecord;
import dev.kontor.marketplaces.amazon.ChangePlace.Further;
import dev.kontor.marketplaces.exchange.Fields;
import dev.kontor.marketplaces.exchange.Reply;
import dev.kontor.marketplaces.exchange.UnreadableField;
import dev.kontor.marketplaces.exchange.UnreadableReply;

/** Reads Amazon's answers record by record, so that a broken one costs itself and none of its neighbours. */
@Component
class AmazonReader {

    /** A search has no word for what happened. */
    private static final String CHANGE = "OrderUpdated";

    private final Drift drift;
    private final AmazonProperties properties;

    AmazonReader(Drift drift, AmazonProperties properties) {
        this.drift = drift;
        this.properties = properties;
    }

    ChangePage changes(Reply reply, ChangePlace place, Instant from) {
        var changes = new ArrayList<OrderChange>();
        var unreadable = new ArrayList<UnreadableRecord>();
        var newest = place.search() == null ? null : place.search().newest();
        for (var order : list(reply)) {
            try {
                var change = change(new Fields(order, ""));
                newest = ChangePlace.later(newest, change.occurredAt());
                changes.add(change);
            } catch (UnreadableField e) {
                unreadable.add(new UnreadableRecord("change", id(order), e.reason(), order.toString()));
            }
        }
        var token = token(reply);
        return token == null
                ? new ChangePage(changes, unreadable, place.reaching(newest).cursor(), false, known(reply))
                : new ChangePage(
                        changes,
                        unreadable,
                        place.goingOn(new Further(from, newest, token)).cursor(),
                        true,
                        Instant.EPOCH);
    }

    /** Amazon says up to when it has looked; what it learns of late is given some more time. */
    private Instant known(Reply reply) {
        var told = new Fields(reply.body(), "").at("lastUpdatedBefore");
        var now = reply.askedAt().minus(properties.delay());
        try {
            var until = told.optionalTime();
            return (until == null || until.isAfter(now) ? now : until).minus(properties.overlap());
        } catch (UnreadableField e) {
            return now.minus(properties.overlap());
        }
    }

    private static OrderChange change(Fields order) {
        var id = order.at("orderId").text();
        var changedAt = order.at(AmazonOrder.CHANGED).time();
        return new OrderChange(id + "@" + changedAt, id, CHANGE, changedAt, changedAt, AmazonOrder.sign(order.node()));
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

    /** A search is behind the orders, and its order is not promised. */
    OrderPage page(Reply reply, Period period, ListPlace place) {
        var orders = new ArrayList<MarketplaceOrder>();
        var unreadable = new ArrayList<UnreadableRecord>();
        var asOf = reply.askedAt().minus(properties.delay()).minus(properties.overlap());
        for (var json : list(reply)) {
            try {
                var order = read(json, asOf);
                if (period.contains(order.placedAt())) {
                    orders.add(order);
                }
            } catch (UnreadableField e) {
                unreadable.add(unreadable(id(json), json, e));
            }
        }
        var placed = orders.stream().map(MarketplaceOrder::placedAt).toList();
        orders.sort(Comparator.comparing(MarketplaceOrder::placedAt));
        var token = token(reply);
        return new OrderPage(
                orders,
                unreadable,
                token == null ? null : place.after(placed, token).cursor(),
                null);
    }

    private MarketplaceOrder read(JsonNode json, Instant asOf) {
        var order = AmazonOrder.read(json, asOf);
        if (order.status() == OrderStatus.UNKNOWN) {
            drift.seen(AmazonCalls.AMAZON, Drift.Kind.STATUS, List.of(order.marketplaceStatus()));
        }
        var unknown = AmazonFields.ORDER.unknown(order.document());
        if (!unknown.isEmpty()) {
            drift.seen(AmazonCalls.AMAZON, Drift.Kind.FIELD, unknown);
        }
        return order;
    }

    private static UnreadableRecord unreadable(@Nullable String id, JsonNode order, UnreadableField field) {
        return new UnreadableRecord("order", id, field.reason(), order.toString());
    }

    private static @Nullable String id(JsonNode order) {
        var id = order.path("orderId");
        return id.isString() ? id.stringValue() : null;
    }

    /** No pagination means that this was the last page. */
    private static @Nullable String token(Reply reply) {
        var token = reply.body().path("pagination").path("nextToken").asString("");
        return token.isEmpty() ? null : token;
    }

    private static List<JsonNode> list(Reply reply) {
        var list = reply.body().path("orders");
        if (!list.isArray()) {
            throw new UnreadableReply("orders is not a list");
        }
        return list.valueStream().toList();
    }
}
