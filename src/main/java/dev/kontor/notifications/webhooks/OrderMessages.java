package dev.kontor.notifications.webhooks;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.modulith.events.ApplicationModuleListener;
import org.springframework.stereotype.Component;

import dev.kontor.accounts.AccountId;
import dev.kontor.notifications.webhooks.Payload.Order;
import dev.kontor.orders.OrderId;
import dev.kontor.orders.OrderView;
import dev.kontor.orders.Orders;
import dev.kontor.orders.OrdersAnnounced;
import dev.kontor.orders.OrdersArchived;
import dev.kontor.orders.OrdersArchived.Merge;

/**
 * What the archive learns of orders. Its events may overtake each other, so a message says how its order is when it is
 * written, which is never older than what the message before said.
 */
@Component
class OrderMessages {

    private static final String ONCE = "first";

    private final Orders orders;
    private final Outbox outbox;
    private final Clock clock;

    OrderMessages(Orders orders, Outbox outbox, Clock clock) {
        this.orders = orders;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** However many signs come, an order is announced once. */
    @ApplicationModuleListener(condition = Audience.LISTENS)
    void on(OrdersAnnounced event) {
        outbox.put(subjects(event.orders()), () -> {
            var now = clock.instant();
            var known = known(event.orders());
            return event.orders().stream()
                    .map(order -> new News(
                            MessageType.ORDER_ANNOUNCED,
                            subject(order),
                            ONCE,
                            now,
                            data(order, event.account(), known, null)))
                    .toList();
        });
    }

    @ApplicationModuleListener(condition = Audience.LISTENS)
    void on(OrdersArchived event) {
        var types = new LinkedHashMap<MessageType, List<OrderId>>();
        types.put(MessageType.ORDER_PLACED, event.placed());
        types.put(MessageType.ORDER_REAPPEARED, event.reappeared());
        types.put(MessageType.ORDER_UPDATED, event.changed());
        types.put(
                MessageType.ORDER_MERGED,
                event.merged().stream().map(Merge::order).toList());
        types.put(MessageType.ORDER_GONE, event.gone());
        var all = types.values().stream().flatMap(Collection::stream).distinct().toList();
        outbox.put(subjects(all), () -> news(event, types, known(all)));
    }

    private static List<News> news(
            OrdersArchived event, Map<MessageType, List<OrderId>> types, Map<OrderId, OrderView> known) {
        var into = new HashMap<OrderId, OrderId>();
        event.merged().forEach(merge -> into.put(merge.order(), merge.into()));
        var news = new ArrayList<News>();
        types.forEach((type, ids) -> {
            for (var id : ids) {
                var data = data(id, event.account(), known, type == MessageType.ORDER_MERGED ? into.get(id) : null);
                news.add(new News(type, subject(id), occurrence(event.at(), event), event.at(), data));
            }
        });
        return news;
    }

    private static String occurrence(Instant at, OrdersArchived event) {
        return at + " " + event.source();
    }

    private Map<OrderId, OrderView> known(Collection<OrderId> ids) {
        var known = new HashMap<OrderId, OrderView>();
        orders.find(ids).forEach(order -> known.put(order.id(), order));
        return known;
    }

    private static Order data(
            OrderId id, AccountId account, Map<OrderId, OrderView> known, @Nullable OrderId mergedInto) {
        var order = known.get(id);
        var into = mergedInto == null ? null : mergedInto.value();
        return order == null ? new Order(id.value(), account.value(), null, null, null, into) : Order.of(order, into);
    }

    private static List<String> subjects(Collection<OrderId> ids) {
        return ids.stream().map(OrderMessages::subject).toList();
    }

    private static String subject(OrderId id) {
        return "order " + id;
    }
}
