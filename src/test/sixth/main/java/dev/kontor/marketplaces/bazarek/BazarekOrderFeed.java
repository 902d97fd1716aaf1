package dev.kontor.marketplaces.bazarek;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jmolecules.architecture.hexagonal.SecondaryAdapter;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Connection;
import dev.kontor.marketplaces.Cursor;
import dev.kontor.marketplaces.Drift;
import dev.kontor.marketplaces.MarketplaceOrder;
import dev.kontor.marketplaces.OrderFeed;
import dev.kontor.marketplaces.OrderStatus;
import dev.kontor.marketplaces.Period;
import dev.kontor.marketplaces.UnreadableRecord;
import dev.kontor.marketplaces.exchange.Fields;
import dev.kontor.marketplaces.exchange.Operation;
import dev.kontor.marketplaces.exchange.Reply;
import dev.kontor.marketplaces.exchange.UnreadableField;
import dev.kontor.marketplaces.exchange.UnreadableReply;

/** A shop's orders: a log of their changes by numbers, and a list by the time of purchase. */
@SecondaryAdapter
@Component
class BazarekOrderFeed implements OrderFeed {

    private static final Operation CHANGES = Operation.read("orders", "orders.changes");
    private static final Operation END = Operation.read("orders", "orders.latest");
    private static final Operation ORDER = Operation.read("orders", "orders.order");
    private static final Operation LIST = Operation.read("orders", "orders.list");

    /** A change is logged this much after the fact at the latest. */
    private static final Duration DELAY = Duration.ofSeconds(5);

    private final BazarekCalls calls;
    private final BazarekProperties properties;
    private final Drift drift;

    BazarekOrderFeed(BazarekCalls calls, BazarekProperties properties, Drift drift) {
        this.calls = calls;
        this.properties = properties;
        this.drift = drift;
    }

    @Override
    public Answer<ChangePage> changesSince(@Nullable Cursor after, Connection connection) {
        return calls.ask(
                CHANGES,
                connection,
                (api, key) -> api.changes(key, page(Map.of(), after)),
                reply -> changes(reply, after));
    }

    private Map<String, String> page(Map<String, String> question, @Nullable Cursor after) {
        var page = new TreeMap<>(question);
        page.put("limit", String.valueOf(properties.pageSize()));
        if (after != null) {
            page.put("after", after.value());
        }
        return page;
    }

    private static ChangePage changes(Reply reply, @Nullable Cursor after) {
        var changes = new ArrayList<OrderChange>();
        var unreadable = new ArrayList<UnreadableRecord>();
        for (var change : list(reply, "changes")) {
            try {
                changes.add(change(new Fields(change, "")));
            } catch (UnreadableField e) {
                unreadable.add(new UnreadableRecord("change", null, e.reason(), change.toString()));
            }
        }
        var next = next(reply);
        var more = reply.body().path("more").asBoolean(false);
        return new ChangePage(
                changes, unreadable, next == null ? after : next, more, watermark(changes, more, reply.askedAt()));
    }

    private static OrderChange change(Fields change) {
        return new OrderChange(
                change.at("seq").number().toPlainString(),
                change.at("order").text(),
                change.at("what").text(),
                change.at("at").time());
    }

    private static Instant watermark(List<OrderChange> changes, boolean more, Instant askedAt) {
        var known = !more
                ? askedAt
                : changes.isEmpty() ? Instant.EPOCH : changes.getLast().occurredAt();
        return known.minus(DELAY);
    }

    private static @Nullable Cursor next(Reply reply) {
        var next = reply.body().path("next").asString("");
        return next.isEmpty() ? null : new Cursor(next);
    }

    private static List<JsonNode> list(Reply reply, String name) {
        var list = reply.body().path(name);
        if (!list.isArray()) {
            throw new UnreadableReply(name + " is not a list");
        }
        return list.valueStream().toList();
    }

    @Override
    public Answer<LogEnd> end(Connection connection) {
        return calls.ask(END, connection, BazarekApi::latestChange, reply -> new LogEnd(next(reply)));
    }

    @Override
    public Answer<OrderReading> order(String externalId, Connection connection) {
        return calls.ask(
                ORDER,
                connection,
                (api, key) -> api.order(key, externalId),
                new OrGone<>(
                        reply -> reading(reply.body(), reply.askedAt()), "NO_SUCH_ORDER", new OrderReading.Gone()));
    }

    @Override
    public OrderReading interpret(ObjectNode document, Instant asOf) {
        return reading(document, asOf);
    }

    private OrderReading reading(JsonNode order, Instant asOf) {
        try {
            return new OrderReading.Found(known(BazarekOrder.read(order, asOf)));
        } catch (UnreadableField e) {
            return new OrderReading.Unreadable(BazarekOrder.unreadable(order, e));
        }
    }

    private MarketplaceOrder known(MarketplaceOrder order) {
        if (order.status() == OrderStatus.UNKNOWN) {
            drift.seen(BazarekCalls.BAZAREK, Drift.Kind.STATUS, List.of(order.marketplaceStatus()));
        }
        var unknown = BazarekOrder.FIELDS.unknown(order.document());
        if (!unknown.isEmpty()) {
            drift.seen(BazarekCalls.BAZAREK, Drift.Kind.FIELD, unknown);
        }
        return order;
    }

    @Override
    public Answer<OrderPage> placedWithin(Period period, @Nullable Cursor after, Connection connection) {
        var question =
                Map.of("from", period.from().toString(), "to", period.to().toString());
        return calls.ask(LIST, connection, (api, key) -> api.orders(key, page(question, after)), this::orders);
    }

    private OrderPage orders(Reply reply) {
        var orders = new ArrayList<MarketplaceOrder>();
        var unreadable = new ArrayList<UnreadableRecord>();
        for (var order : list(reply, "orders")) {
            try {
                orders.add(known(BazarekOrder.read(order, reply.askedAt())));
            } catch (UnreadableField e) {
                unreadable.add(BazarekOrder.unreadable(order, e));
            }
        }
        return new OrderPage(
                orders, unreadable, next(reply), reply.body().path("total").asLong(0));
    }

    @Override
    public Retention retention() {
        return new Retention(Duration.ofDays(30), Duration.ofDays(365), DELAY);
    }
}
