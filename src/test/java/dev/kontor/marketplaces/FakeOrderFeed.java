package dev.kontor.marketplaces;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.ObjectNode;

import dev.kontor.marketplaces.Answer.Ok;
import dev.kontor.marketplaces.FakeMarketplace.Operation;

/** The orders of a {@link FakeMarketplace}, in pages as small as a test asks for. */
class FakeOrderFeed implements OrderFeed {

    private final FakeShop shop;
    private final FakeFaults faults;
    private final FakeDeviceAuthorization authorization;
    private final Clock clock;
    private final Map<String, Lane> lanes = new ConcurrentHashMap<>();
    private volatile int pageSize = 100;
    private volatile Retention retention;

    FakeOrderFeed(
            FakeShop shop, FakeFaults faults, FakeDeviceAuthorization authorization, Clock clock, Retention retention) {
        this.shop = shop;
        this.faults = faults;
        this.authorization = authorization;
        this.clock = clock;
        this.retention = retention;
    }

    @Nullable
    Lane laneOf(String order) {
        return lanes.get(order);
    }

    void pageSize(int size) {
        pageSize = size;
    }

    void retention(Retention newRetention) {
        retention = newRetention;
    }

    @Override
    public Answer<ChangePage> changesSince(@Nullable Cursor after, Connection connection) {
        return call(Operation.CHANGES, after == null ? "" : after.value(), connection, () -> changes(after));
    }

    private Answer<ChangePage> changes(@Nullable Cursor after) {
        shop.forget(retention.changes());
        var seen = after == null ? 0 : Long.parseLong(after.value());
        var page = shop.after(seen, pageSize);
        var changes = new ArrayList<OrderChange>();
        var unreadable = new ArrayList<UnreadableRecord>();
        for (var logged : page) {
            if (logged.readable()) {
                changes.add(logged.change());
            } else {
                unreadable.add(new UnreadableRecord("change", null, "order is missing", "{\"order\":null}"));
            }
        }
        var next = page.isEmpty()
                ? after
                : new Cursor(String.valueOf(page.getLast().position()));
        var last = shop.last();
        var more = !page.isEmpty()
                && last != null
                && last.position() > page.getLast().position();
        var known = more ? page.getLast().change().occurredAt() : clock.instant();
        return new Ok<>(new ChangePage(changes, unreadable, next, more, known.minus(retention.delay())));
    }

    @Override
    public Answer<LogEnd> end(Connection connection) {
        return call(Operation.END, "", connection, () -> {
            var last = shop.last();
            return new Ok<>(new LogEnd(last == null ? null : new Cursor(String.valueOf(last.position()))));
        });
    }

    @Override
    public Answer<OrderReading> order(String externalId, Connection connection) {
        lanes.put(externalId, connection.lane());
        return call(Operation.ORDER, externalId, connection, () -> new Ok<>(reading(externalId)));
    }

    private OrderReading reading(String id) {
        if (!shop.readable(id)) {
            return new OrderReading.Unreadable(unreadable(id));
        }
        return shop.find(id)
                .<OrderReading>map(order -> new OrderReading.Found(order.read(clock.instant())))
                .orElseGet(OrderReading.Gone::new);
    }

    private UnreadableRecord unreadable(String id) {
        var order = shop.find(id);
        return new UnreadableRecord(
                "order",
                id,
                "total.amount is not a number",
                order.map(found -> found.document().toString()).orElse("{}"),
                order.map(found -> found.buyer().id())
                        .filter(buyer -> !buyer.isEmpty())
                        .orElse(null));
    }

    @Override
    public Answer<OrderPage> placedWithin(Period period, @Nullable Cursor after, Connection connection) {
        return call(Operation.LIST, period, connection, () -> new Ok<>(page(period, after)));
    }

    private OrderPage page(Period period, @Nullable Cursor after) {
        var oldest = clock.instant().minus(retention.orders());
        var all = shop.placedWithin(period.from().isBefore(oldest) ? oldest : period.from(), period.to());
        var rest = all.stream()
                .filter(order -> after == null || key(order).compareTo(after.value()) > 0)
                .toList();
        var page = rest.stream().limit(pageSize).toList();
        var next = rest.size() > page.size() ? new Cursor(key(page.getLast())) : null;
        Instant asOf = clock.instant();
        return new OrderPage(
                page.stream()
                        .filter(order -> shop.readable(order.id()))
                        .map(order -> order.read(asOf))
                        .toList(),
                page.stream()
                        .filter(order -> !shop.readable(order.id()))
                        .map(order -> unreadable(order.id()))
                        .toList(),
                next,
                (long) all.size());
    }

    private static String key(FakeOrder order) {
        return "%020d %s".formatted(order.placedAt().toEpochMilli(), order.id());
    }

    private <T> Answer<T> call(
            Operation operation, Object argument, Connection connection, Supplier<Answer<T>> answer) {
        return faults.around(
                operation, argument, () -> authorization.refusal(connection).flatMap(ignored -> answer.get()));
    }

    @Override
    public OrderReading interpret(ObjectNode document, Instant asOf) {
        return new OrderReading.Found(FakeOrder.of(document).read(asOf));
    }

    @Override
    public Retention retention() {
        return retention;
    }
}
