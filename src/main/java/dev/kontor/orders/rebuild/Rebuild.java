package dev.kontor.orders.rebuild;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import dev.kontor.accounts.Accounts.AccountView;
import dev.kontor.audit.Act;
import dev.kontor.audit.AuditLog;
import dev.kontor.marketplaces.MarketplaceOrder;
import dev.kontor.marketplaces.Marketplaces;
import dev.kontor.marketplaces.OrderFeed.OrderReading;
import dev.kontor.orders.OrderView;
import dev.kontor.orders.archive.Archive;
import dev.kontor.orders.archive.Concealment;
import dev.kontor.orders.archive.Concealment.Exposed;
import dev.kontor.orders.archive.KeptOrders;
import dev.kontor.orders.archive.KeptOrders.Kept;

/** Compares canonical orders with what their documents say now, and makes them anew where that is wanted. */
@Component
public class Rebuild {

    private final KeptOrders kept;
    private final Concealment concealment;
    private final Archive archive;
    private final Marketplaces marketplaces;
    private final AuditLog audit;

    Rebuild(KeptOrders kept, Concealment concealment, Archive archive, Marketplaces marketplaces, AuditLog audit) {
        this.audit = audit;
        this.kept = kept;
        this.concealment = concealment;
        this.archive = archive;
        this.marketplaces = marketplaces;
    }

    /**
     * What was found in some orders.
     *
     * @param last the last order looked at, to go on from; null at the end
     */
    public record Portion(
            List<Difference> differences, @Nullable UUID last) {}

    /** Looks, and changes nothing. */
    @Transactional(readOnly = true)
    public Portion compare(AccountView account, UUID after, int orders) {
        return look(account, after, orders, new ArrayList<>(), new ArrayList<>());
    }

    /**
     * Makes the orders anew that differ, and hides what they show although it is personal; a document that cannot be
     * understood leaves its order as it is.
     */
    @Transactional
    public Portion apply(AccountView account, UUID after, int orders) {
        archive.lock(account.id());
        var changed = new ArrayList<KeptOrders.Renewed>();
        var exposed = new ArrayList<Exposed>();
        var portion = look(account, after, orders, changed, exposed);
        kept.renew(changed);
        concealment.hide(exposed);
        audit.record(Act.of("orders.rebuilt", "account", account.id())
                .field("renewed", changed.size())
                .field("hidden", exposed.size()));
        return portion;
    }

    private Portion look(
            AccountView account, UUID after, int orders, List<KeptOrders.Renewed> changed, List<Exposed> exposed) {
        var feed = marketplaces.get(account.marketplace()).orders();
        var differences = new ArrayList<Difference>();
        var page = kept.page(account.id(), after, orders);
        exposed.addAll(concealment.find(account, page));
        exposed.forEach(it -> differences.add(new Difference(
                it.order(),
                "document",
                "version " + it.version() + " shows "
                        + new TreeSet<>(it.values().keySet()),
                "hidden")));
        for (var order : page) {
            switch (feed.interpret(order.document(), order.asOf())) {
                case OrderReading.Found(var rebuilt) -> {
                    var found = differences(order, rebuilt);
                    if (!found.isEmpty()) {
                        differences.addAll(found);
                        changed.add(new KeptOrders.Renewed(order.view().id(), rebuilt));
                    }
                }
                case OrderReading.Unreadable(var unreadable) ->
                    differences.add(new Difference(order.view().id(), "document", "kept", unreadable.reason()));
                case OrderReading.Gone() -> throw new IllegalStateException("a kept document cannot be gone");
            }
        }
        return new Portion(
                differences,
                page.size() < orders ? null : page.getLast().view().id().value());
    }

    private static List<Difference> differences(Kept kept, MarketplaceOrder rebuilt) {
        var archived = fields(kept.view());
        var now = fields(rebuilt);
        return now.entrySet().stream()
                .filter(field -> !Objects.equals(archived.get(field.getKey()), field.getValue()))
                .map(field -> new Difference(
                        kept.view().id(),
                        field.getKey(),
                        String.valueOf(archived.get(field.getKey())),
                        field.getValue()))
                .toList();
    }

    private static Map<String, String> fields(OrderView order) {
        return Map.of(
                "number", order.number(),
                "status", order.status().name(),
                "marketplaceStatus", order.marketplaceStatus(),
                "placedAt", order.placedAt().toString(),
                "updatedAt", String.valueOf(order.updatedAt()),
                "revision", String.valueOf(order.revision()),
                "total", order.total().amount() + " " + order.total().currency(),
                "lines", order.lines().toString());
    }

    private static Map<String, String> fields(MarketplaceOrder order) {
        return Map.of(
                "number", order.number(),
                "status", order.status().name(),
                "marketplaceStatus", order.marketplaceStatus(),
                "placedAt", order.placedAt().toString(),
                "updatedAt", String.valueOf(order.updatedAt()),
                "revision", String.valueOf(order.revision()),
                "total",
                        OrderView.Price.of(order.total()).amount() + " "
                                + order.total().currency(),
                "lines",
                        order.lines().stream()
                                .map(OrderView.Line::of)
                                .collect(Collectors.toList())
                                .toString());
    }
}
