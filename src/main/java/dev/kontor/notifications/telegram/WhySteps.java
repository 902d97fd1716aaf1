package dev.kontor.notifications.telegram;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import dev.kontor.accounts.Accounts;
import dev.kontor.accounts.Accounts.AccountView;
import dev.kontor.inventory.StockDesk;
import dev.kontor.inventory.StockDesk.Explained;
import dev.kontor.inventory.StockDesk.Held;
import dev.kontor.inventory.StockDesk.Shown;
import dev.kontor.inventory.StockDesk.ShownTerm;
import dev.kontor.inventory.StockDesk.Stocked;
import dev.kontor.notifications.texts.Talk;
import dev.kontor.orders.OrderId;
import dev.kontor.orders.OrderView;
import dev.kontor.orders.Orders;

/** Takes an item's numbers apart into what they are made of. */
@WithBot
class WhySteps implements Step.Source {

    private static final int MOST = 10;

    private final StockDesk desk;
    private final Orders orders;
    private final Accounts accounts;

    WhySteps(StockDesk desk, Orders orders, Accounts accounts) {
        this.desk = desk;
        this.orders = orders;
        this.accounts = accounts;
    }

    @Override
    public List<Step> steps() {
        return List.of(Step.looking("/why", this::why), Step.looking("why", this::why));
    }

    private List<Reply> why(Request request) {
        return request.words().isEmpty()
                ? List.of(new Reply.Say(request.talk().say("why.usage")))
                : of(request, StockSteps.unquoted(request.words()));
    }

    List<Reply> of(Request request, String skuOrId) {
        var talk = request.talk();
        return desk.find(skuOrId)
                .map(item -> List.<Reply>of(new Reply.Say(explained(talk, item))))
                .orElseGet(() -> List.of(StockSteps.unknown(talk, skuOrId)));
    }

    private String explained(Talk talk, Stocked item) {
        var lines = new ArrayList<String>();
        lines.add(talk.say("stock.item", item.sku(), item.name(), item.available()));
        desk.explain(item.item()).forEach(place -> explained(talk, place, lines));
        if (lines.size() == 1) {
            lines.add(talk.say("why.nothing"));
        }
        var shown = desk.shown(item.item(), MOST + 1);
        shown.stream().limit(MOST).forEach(listing -> shown(talk, listing, lines));
        if (shown.size() > MOST) {
            lines.add(talk.say("why.more"));
        }
        return String.join("\n", lines);
    }

    private void explained(Talk talk, Explained explained, List<String> lines) {
        var place = explained.place();
        lines.add("");
        lines.add(talk.say("why.place", place.warehouse(), place.present()));
        for (var term : explained.terms()) {
            lines.add(talk.say(
                    "why.term", signed(term.quantity()), talk.word("movement", term.kind()), term.movements()));
        }
        if (place.reserved() != 0) {
            lines.add(talk.say("why.reserved", place.reserved()));
            held(talk, explained.held(), lines);
        }
        lines.add(talk.say("why.available", place.available()));
    }

    private void held(Talk talk, List<Held> held, List<String> lines) {
        var shown = held.stream().limit(MOST).toList();
        var numbers =
                orders
                        .find(shown.stream()
                                .map(Held::order)
                                .filter(order -> order != null)
                                .distinct()
                                .toList())
                        .stream()
                        .collect(Collectors.toMap(OrderView::id, OrderView::number, (one, _) -> one));
        for (var one : shown) {
            OrderId order = one.order();
            lines.add(talk.say(
                    "why.held", one.quantity(), order == null ? "?" : numbers.getOrDefault(order, order.toString())));
        }
        if (held.size() > MOST) {
            lines.add(talk.say("why.held.more", held.size() - MOST));
        }
    }

    private void shown(Talk talk, Shown listing, List<String> lines) {
        lines.add("");
        var account = accounts.find(listing.account()).map(AccountView::name).orElse("?");
        lines.add(talk.say(
                "why.listing", account, listing.externalId(), listing.desired() == null ? "–" : listing.desired()));
        listing.terms().forEach(term -> term(talk, term, signed(term.quantity()), lines));
        listing.differences() // one without a number says why there is none
                .forEach(term -> term(talk, term, term.quantity() == 0 ? "–" : signed(term.quantity()), lines));
        lines.add(talk.say(
                "why.state",
                talk.word("listing", listing.state()),
                listing.published() == null ? "–" : listing.published()));
    }

    private void term(Talk talk, ShownTerm term, String number, List<String> lines) {
        var word = talk.word("step", term.kind());
        lines.add(
                term.since() == null
                        ? talk.say("why.step", number, word)
                        : talk.say("why.step.since", number, word, term.since()));
        for (var keeper : term.keepers()) {
            var account = accounts.find(keeper.account()).map(AccountView::name).orElse("?");
            lines.add(talk.say("why.keeper", keeper.units(), account, keeper.externalId()));
        }
        if (term.moreKeepers() > 0) {
            lines.add(talk.say("why.held.more", term.moreKeepers()));
        }
    }

    private static String signed(long quantity) {
        return quantity > 0 ? "+" + quantity : String.valueOf(quantity);
    }
}
