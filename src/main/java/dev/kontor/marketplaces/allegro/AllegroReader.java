package dev.kontor.marketplaces.allegro;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import dev.kontor.marketplaces.Cursor;
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

/** Reads Allegro's answers record by record, so that a broken one costs itself and none of its neighbours. */
@Component
class AllegroReader {

    /** The list of orders is fed from the orders, and may be this much behind them. */
    private static final Duration LIST_LAG = Duration.ofSeconds(30);

    private final Drift drift;

    AllegroReader(Drift drift) {
        this.drift = drift;
    }

    ChangePage changes(Reply reply, @Nullable Cursor after, int limit, Duration delay) {
        var events = list(reply, "events");
        var changes = new ArrayList<OrderChange>();
        var unreadable = new ArrayList<UnreadableRecord>();
        var next = after;
        var known = reply.askedAt();
        for (var event : events) {
            var id = event.path("id");
            next = id.isString() && !id.stringValue().isBlank() ? new Cursor(id.stringValue()) : next;
            try {
                changes.add(change(new Fields(event, "")));
            } catch (UnreadableField e) {
                unreadable.add(new UnreadableRecord(
                        "change",
                        orderOf(event),
                        e.reason(),
                        event.toString(),
                        CheckoutForm.buyer(event.path("order"))));
            }
        }
        var more = events.size() >= limit && next != null && !next.equals(after);
        if (more) {
            known = changes.stream()
                    .map(OrderChange::occurredAt)
                    .max(Instant::compareTo)
                    .orElse(Instant.EPOCH);
            known = known.isAfter(reply.askedAt()) ? reply.askedAt() : known;
        }
        return new ChangePage(
                changes, unreadable, next, more, known.equals(Instant.EPOCH) ? known : known.minus(delay));
    }

    private OrderChange change(Fields event) {
        var type = event.at("type").text();
        var change = new OrderChange(
                event.at("id").text(),
                event.at("order").at("checkoutForm").at("id").text(),
                type,
                event.at("occurredAt").time(),
                AllegroEvents.OF_SALES.contains(type) ? CheckoutForm.sign(event.at("order")) : null);
        if (!AllegroEvents.KNOWN.contains(type)) {
            drift.seen(AllegroCalls.ALLEGRO, Drift.Kind.CHANGE, List.of(type));
        }
        return change;
    }

    private static @Nullable String orderOf(JsonNode event) {
        var id = event.path("order").path("checkoutForm").path("id");
        return id.isString() ? id.stringValue() : null;
    }

    LogEnd end(Reply reply) {
        var latest = reply.body().path("latestEvent").path("id");
        if (latest.isMissingNode() || latest.isNull()) {
            return new LogEnd(null);
        }
        try {
            return new LogEnd(new Cursor(new Fields(latest, "latestEvent.id").text()));
        } catch (UnreadableField e) {
            throw new UnreadableReply(e.reason());
        }
    }

    OrderReading order(Reply reply, String id) {
        try {
            return new OrderReading.Found(order(reply.body(), reply.askedAt()));
        } catch (UnreadableField e) {
            return new OrderReading.Unreadable(unreadable(id, reply.body(), e));
        }
    }

    OrderReading interpret(ObjectNode document, Instant asOf) {
        try {
            return new OrderReading.Found(order(document, asOf));
        } catch (UnreadableField e) {
            return new OrderReading.Unreadable(unreadable(null, document, e));
        }
    }

    private static UnreadableRecord unreadable(@Nullable String id, JsonNode form, UnreadableField field) {
        return new UnreadableRecord("order", id, field.reason(), form.toString(), CheckoutForm.buyer(form));
    }

    OrderPage page(Reply reply, ListPosition position, Instant until, int limit, boolean first) {
        var forms = list(reply, "checkoutForms");
        var orders = new ArrayList<MarketplaceOrder>();
        var unreadable = new ArrayList<UnreadableRecord>();
        var newestUnreadable = Instant.MIN;
        var asOf = reply.askedAt().minus(LIST_LAG);
        for (var form : forms) {
            try {
                orders.add(order(form, asOf));
            } catch (UnreadableField e) {
                var id = form.path("id");
                unreadable.add(unreadable(id.isString() ? id.stringValue() : null, form, e));
                var boughtAt = CheckoutForm.boughtAt(form)
                        .filter(at -> !at.isAfter(until))
                        .orElse(Instant.MIN);
                newestUnreadable = boughtAt.isAfter(newestUnreadable) ? boughtAt : newestUnreadable;
            }
        }
        var total = reply.body().path("totalCount");
        var all = total.isIntegralNumber() ? total.longValue() : null;
        var size = forms.size();
        var more = size >= limit || (all != null && size > 0 && position.offset() + size < all);
        var newest = orders.stream()
                .map(MarketplaceOrder::placedAt)
                .max(Instant::compareTo)
                .filter(at -> at.isAfter(position.from()))
                .orElse(newestUnreadable); // a time in a broken order is believed only where no other leads on
        var next = position.after(size, newest, limit);
        return new OrderPage(
                orders, unreadable, more && !next.from().isAfter(until) ? next.cursor() : null, first ? all : null);
    }

    private MarketplaceOrder order(JsonNode form, Instant asOf) {
        var order = CheckoutForm.read(form, asOf);
        if (order.status() == OrderStatus.UNKNOWN) {
            drift.seen(AllegroCalls.ALLEGRO, Drift.Kind.STATUS, List.of(order.marketplaceStatus()));
        }
        var unknown = AllegroFields.ORDER.unknown(order.document());
        if (!unknown.isEmpty()) {
            drift.seen(AllegroCalls.ALLEGRO, Drift.Kind.FIELD, unknown);
        }
        return order;
    }

    static List<JsonNode> list(Reply reply, String name) {
        var list = reply.body().path(name);
        if (!list.isArray()) {
            throw new UnreadableReply(name + " is not a list");
        }
        return list.valueStream().toList();
    }
}
