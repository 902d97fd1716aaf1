package dev.kontor.notifications.webhooks;

import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.modulith.events.ApplicationModuleListener;
import org.springframework.stereotype.Component;

import dev.kontor.inventory.ItemId;
import dev.kontor.inventory.OversellDetected;
import dev.kontor.inventory.OversellEnded;
import dev.kontor.inventory.PlanDecided;
import dev.kontor.inventory.PlanId;
import dev.kontor.inventory.PlanOpened;
import dev.kontor.inventory.QuantityDiffered;
import dev.kontor.inventory.StockChanged;
import dev.kontor.notifications.webhooks.Payload.Oversell;
import dev.kontor.notifications.webhooks.Payload.Plan;
import dev.kontor.notifications.webhooks.Payload.Quantity;
import dev.kontor.notifications.webhooks.Payload.Stock;

/** What happens to items, listings and plans. */
@Component
class StockMessages {

    private final Outbox outbox;

    StockMessages(Outbox outbox) {
        this.outbox = outbox;
    }

    @ApplicationModuleListener(condition = Audience.LISTENS)
    void on(StockChanged event) {
        var items = event.items().stream().distinct().toList();
        List<News> news = items.stream()
                .map(item -> News.of(MessageType.STOCK_CHANGED, subject(item), event.at(), new Stock(item.value())))
                .toList();
        outbox.put(news.stream().map(News::subject).toList(), () -> news);
    }

    @ApplicationModuleListener(condition = Audience.LISTENS)
    void on(OversellDetected event) {
        var order = event.order();
        var data = new Oversell(
                event.oversell().value(), event.item().value(), event.units(), order == null ? null : order.value());
        outbox.put(new News(MessageType.OVERSELL_DETECTED, subject(event.item()), event.oversell(), event.at(), data));
    }

    @ApplicationModuleListener(condition = Audience.LISTENS)
    void on(OversellEnded event) {
        var data = new Oversell(event.oversell().value(), event.item().value(), null, null);
        outbox.put(new News(MessageType.OVERSELL_ENDED, subject(event.item()), event.oversell(), event.at(), data));
    }

    @ApplicationModuleListener(condition = Audience.LISTENS)
    void on(PlanOpened event) {
        var account = event.account();
        var data = plan(event.plan(), account == null ? null : account.value(), event.listings());
        outbox.put(News.of(MessageType.PLAN_OPENED, "plan " + event.plan(), event.at(), data));
    }

    @ApplicationModuleListener(condition = Audience.LISTENS)
    void on(PlanDecided event) {
        var data = plan(event.plan(), null, null);
        outbox.put(News.of(MessageType.PLAN_DECIDED, "plan " + event.plan(), event.at(), data));
    }

    @ApplicationModuleListener(condition = Audience.LISTENS)
    void on(QuantityDiffered event) {
        var data = new Quantity(event.listing().value(), event.account().value(), event.verified(), event.shown());
        outbox.put(News.of(MessageType.QUANTITY_DIFFERED, "listing " + event.listing(), event.at(), data));
    }

    private static Plan plan(PlanId id, @Nullable UUID account, @Nullable Integer listings) {
        return new Plan(id.value(), account, listings);
    }

    private static String subject(ItemId item) {
        return "item " + item;
    }
}
