package dev.kontor.notifications.telegram;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.kontor.access.Role;
import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.Accounts;
import dev.kontor.accounts.Accounts.AccountView;
import dev.kontor.inventory.StockDesk;
import dev.kontor.inventory.StockDesk.Ordered;
import dev.kontor.notifications.telegram.Reply.Button;
import dev.kontor.notifications.texts.Talk;
import dev.kontor.orders.OrderView;
import dev.kontor.orders.OrderView.Line;

/** Shows an order with what stands in its way and what can be done. Its buyer is not named. */
@WithBot
class OrderCards {

    private static final int MOST_LINES = 20;
    private static final int MOST_BUTTONS = 6;

    private final Accounts accounts;
    private final StockDesk desk;

    OrderCards(Accounts accounts, StockDesk desk) {
        this.accounts = accounts;
        this.desk = desk;
    }

    /** A few lines of a list. */
    String line(Talk talk, OrderView order) {
        var goods = order.lines().stream()
                .limit(5)
                .map(line -> talk.say(
                        "order.line", line.quantity().toPlainString(), line.sku() == null ? line.name() : line.sku()))
                .collect(Collectors.joining("\n"));
        var rest = order.lines().size() > 5
                ? "\n" + talk.say("order.more", order.lines().size() - 5)
                : "";
        var head = talk.say(
                "order",
                order.number(),
                name(order.account()),
                talk.word("order.status", order.status().name()),
                order.total().amount() + " " + order.total().currency(),
                order.placedAt());
        return goods.isEmpty() ? head : head + "\n" + goods + rest;
    }

    String text(Talk talk, OrderView order) {
        var lines = new ArrayList<String>();
        lines.add(talk.say(
                "order.card",
                order.number(),
                name(order.account()),
                order.marketplace().value(),
                talk.word("order.status", order.status().name()),
                order.marketplaceStatus()));
        lines.add("");
        order.lines().stream().limit(MOST_LINES).forEach(line -> lines.add(goods(talk, line)));
        if (order.lines().size() > MOST_LINES) {
            lines.add(talk.say("order.more", order.lines().size() - MOST_LINES));
        }
        lines.add(talk.say("order.total", order.total().amount(), order.total().currency()));
        lines.add("");
        lines.add(talk.say("order.when", order.placedAt(), order.archivedAt(), order.changedAt()));
        problems(talk, order, lines);
        return String.join("\n", lines);
    }

    private static String goods(Talk talk, Line line) {
        var sum = new BigDecimal(line.unitPrice().amount()).multiply(line.quantity());
        return talk.say(
                "order.goods",
                line.quantity().toPlainString(),
                line.sku() == null ? line.name() : line.sku() + " " + line.name(),
                line.unitPrice().amount(),
                sum.setScale(Math.max(2, sum.stripTrailingZeros().scale())).toPlainString());
    }

    private void problems(Talk talk, OrderView order, List<String> lines) {
        if (order.version() == 0) {
            lines.add(talk.say("order.announced"));
        }
        if (order.mergedInto() != null) {
            lines.add(talk.say("order.merged"));
        }
        if (order.goneAt() != null) {
            lines.add(talk.say("order.gone", order.goneAt()));
        }
        if (accounts.find(order.account()).filter(AccountView::active).isEmpty()) {
            lines.add(talk.say("order.idle"));
        }
        var names =
                order.lines().stream().collect(Collectors.toMap(Line::externalId, OrderCards::name, (one, _) -> one));
        for (var one : desk.of(order.id())) {
            if (one.item() == null) {
                lines.add(talk.say("order.unmatched", names.getOrDefault(one.line(), one.line())));
            }
            if (one.oversold() > 0) {
                lines.add(talk.say("order.oversold", sku(one), one.oversold()));
            }
            if (one.held()) {
                lines.add(talk.say("order.held", sku(one)));
            }
        }
    }

    private static String name(Line line) {
        return line.sku() == null ? line.name() : line.sku();
    }

    private static String sku(Ordered one) {
        return one.sku() == null ? "?" : one.sku();
    }

    /**
     * The list that it leads back to begins at this order.
     *
     * @param words what was searched for, with a space before, or nothing
     */
    List<List<Button>> buttons(
            Request request, OrderView order, Optional<OrderView> newer, Optional<OrderView> older, String words) {
        var talk = request.talk();
        var rows = new ArrayList<List<Button>>();
        var items = new LinkedHashMap<String, Button>();
        for (var one : desk.of(order.id())) {
            if (one.item() != null && items.size() < MOST_BUTTONS) {
                items.putIfAbsent(sku(one), Button.of(talk.plain("button.why.item", cut(sku(one))), "why", one.item()));
            }
        }
        var whys = List.copyOf(items.values());
        for (int at = 0; at < whys.size(); at += 2) {
            rows.add(whys.subList(at, Math.min(at + 2, whys.size())));
        }
        if (order.mergedInto() != null) {
            rows.add(List.of(Button.of(talk.plain("button.merged"), "order.show", order.mergedInto() + words)));
        }
        if (request.caller().role().includes(Role.MANAGER)) {
            rows.add(List.of(Button.of(talk.plain("button.reread"), "order.refresh", order.id() + words)));
        }
        var turning = new ArrayList<Button>();
        newer.ifPresent(other -> turning.add(Button.of(talk.plain("page.previous"), "order.show", other.id() + words)));
        turning.add(Button.of(
                talk.plain("page.list"),
                "orders.page",
                newer.map(other -> other.id().toString()).orElse("") + words));
        older.ifPresent(other -> turning.add(Button.of(talk.plain("page.next"), "order.show", other.id() + words)));
        rows.add(turning);
        return rows;
    }

    private static String cut(String sku) {
        return sku.length() <= 24 ? sku : sku.substring(0, 23) + "…";
    }

    private String name(AccountId account) {
        return accounts.find(account).map(AccountView::name).orElse("?");
    }
}
