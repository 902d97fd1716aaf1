package dev.kontor.notifications.telegram;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import dev.kontor.api.NotFound;
import dev.kontor.notifications.telegram.Reply.Button;
import dev.kontor.orders.OrderDesk;
import dev.kontor.orders.OrderId;
import dev.kontor.orders.OrderRefresh;
import dev.kontor.orders.Orders;

/** Lists orders, all of them or those in which words are found, and shows one. Buyers are not named in a chat. */
@WithBot
class OrderSteps implements Step.Source {

    private static final int PAGE = 5;
    private static final int LONGEST_WORDS = 200;

    private final OrderDesk orders;
    private final Orders all;
    private final OrderRefresh refreshing;
    private final OrderCards cards;

    OrderSteps(OrderDesk orders, Orders all, OrderRefresh refreshing, OrderCards cards) {
        this.orders = orders;
        this.all = all;
        this.refreshing = refreshing;
        this.cards = cards;
    }

    @Override
    public List<Step> steps() {
        return List.of(
                Step.looking("/orders", request -> page(request, null, null)),
                Step.looking("/find", this::find),
                Step.looking("orders.page", this::turn),
                Step.looking("order.show", this::card),
                Step.changing("order.refresh", this::refresh));
    }

    private List<Reply> find(Request request) {
        if (request.words().isEmpty()) {
            return List.of(new Reply.Say(request.talk().say("find.usage")));
        }
        if (request.words().length() > LONGEST_WORDS) {
            return List.of(new Reply.Say(request.talk().say("find.long", LONGEST_WORDS)));
        }
        return page(request, request.words(), null);
    }

    /** The last order of the page before, and the words. */
    private List<Reply> turn(Request request) {
        var parts = request.words().split(" ", 2);
        var after = parts[0].isEmpty() ? null : new OrderId(UUID.fromString(parts[0]));
        return page(request, parts.length == 2 ? parts[1] : null, after);
    }

    private List<Reply> page(Request request, @Nullable String words, @Nullable OrderId after) {
        var talk = request.talk();
        boolean personal = request.caller().mayReadPersonalData();
        var found = orders.newest(words, personal, after, PAGE + 1);
        if (found.isEmpty()) {
            return List.of(new Reply.Show(talk.say(words == null ? "orders.none" : "find.none"), List.of()));
        }
        var shown = found.subList(0, Math.min(PAGE, found.size()));
        var lines = new ArrayList<String>();
        var numbers = new ArrayList<Button>();
        var buttons = new ArrayList<Button>();
        var more = words == null ? "" : " " + words;
        for (var order : shown) {
            var number = String.valueOf(numbers.size() + 1);
            lines.add(number + ". " + cards.line(talk, order));
            numbers.add(Button.of(number, "order.show", order.id() + more));
        }
        if (after != null) {
            buttons.add(Button.of(talk.plain("page.first"), "orders.page", more));
        }
        if (found.size() > PAGE) {
            buttons.add(Button.of(
                    talk.plain("page.next"), "orders.page", shown.getLast().id() + more));
        }
        var title = words == null ? talk.say("orders.title") : talk.say("find.title", words);
        return List.of(new Reply.Show(
                title + "\n\n" + String.join("\n\n", lines),
                buttons.isEmpty() ? List.of(numbers) : List.of(numbers, buttons)));
    }

    // One of them

    private List<Reply> card(Request request) {
        return List.of(shown(request, order(request)));
    }

    /** What the button stands for: the order, and the words by which it was found. */
    private OrderId order(Request request) {
        return new OrderId(UUID.fromString(request.words().split(" ", 2)[0]));
    }

    private Reply shown(Request request, OrderId id) {
        var order = all.find(List.of(id)).stream().findFirst().orElseThrow(() -> NotFound.of("order", id));
        var parts = request.words().split(" ", 2);
        var words = parts.length == 2 ? parts[1] : null;
        boolean personal = request.caller().mayReadPersonalData();
        return new Reply.Show(
                cards.text(request.talk(), order),
                cards.buttons(
                        request,
                        order,
                        orders.newer(words, personal, id),
                        orders.newest(words, personal, id, 1).stream().findFirst(),
                        words == null ? "" : " " + words));
    }

    private List<Reply> refresh(Request request) {
        var id = order(request);
        var outcome = refreshing.refresh(id);
        var said = request.talk().plain("order.refreshed." + outcome);
        return List.of(new Reply.Notice(said, outcome != OrderRefresh.Outcome.READ), shown(request, id));
    }
}
