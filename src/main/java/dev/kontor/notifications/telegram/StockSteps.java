package dev.kontor.notifications.telegram;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.kontor.inventory.ItemId;
import dev.kontor.inventory.StockDesk;
import dev.kontor.inventory.StockDesk.Place;
import dev.kontor.inventory.StockDesk.Stocked;
import dev.kontor.notifications.telegram.Reply.Button;
import dev.kontor.notifications.texts.Talk;

/** Tells how many there are, and writes down what somebody has counted once he has confirmed it. */
@WithBot
class StockSteps implements Step.Source {

    private static final int PAGE = 10;
    private static final long MOST = 1_000_000_000;
    private static final int LONGEST_REASON = 300;

    /** A SKU with spaces stands in quotation marks. */
    private static final Pattern SET =
            Pattern.compile("(?:[\"“«]([^\"”»]+)[\"”»]|(\\S+))\\s+(\\S+)(?:\\s+(.+))?", Pattern.DOTALL);

    private final StockDesk desk;

    StockSteps(StockDesk desk) {
        this.desk = desk;
    }

    @Override
    public List<Step> steps() {
        return List.of(
                Step.looking("/stock", this::stock),
                Step.looking(
                        "stock.page", request -> page(request, request.words().isEmpty() ? null : request.words())),
                Step.changing("/set", this::set),
                Step.changing("set.do", this::confirmed),
                Step.changing(
                        "set.no",
                        request -> List.of(new Reply.Show(request.talk().say("set.cancelled"), List.of()))),
                Step.changing("set.undo", this::undo));
    }

    private List<Reply> stock(Request request) {
        if (request.words().isEmpty()) {
            return page(request, null);
        }
        return desk.find(unquoted(request.words()))
                .map(item -> List.<Reply>of(one(request.talk(), item)))
                .orElseGet(() -> List.of(unknown(request.talk(), request.words())));
    }

    static String unquoted(String words) {
        return words.replaceFirst("^[\"“«](.*)[\"”»]$", "$1");
    }

    static Reply unknown(Talk talk, String sku) {
        return new Reply.Say(talk.say("item.unknown", sku.length() > 100 ? sku.substring(0, 100) + "…" : sku));
    }

    private static Reply one(Talk talk, Stocked item) {
        var places = item.places().stream()
                .map(place -> talk.say(
                        "stock.place", place.warehouse(), place.available(), place.present(), place.reserved()))
                .collect(Collectors.joining("\n"));
        var text = talk.say("stock.item", item.sku(), item.name(), item.available());
        if (!item.counted()) {
            text = text + "\n" + talk.say("stock.not.counted");
        }
        return new Reply.Say(
                places.isEmpty() ? text : text + "\n" + places,
                List.of(List.of(Button.of(talk.plain("button.why"), "why", item.item()))));
    }

    private List<Reply> page(Request request, @Nullable String after) {
        var talk = request.talk();
        var found = desk.list(after, PAGE + 1);
        if (found.isEmpty()) {
            return List.of(new Reply.Show(talk.say("stock.none"), List.of()));
        }
        var shown = found.subList(0, Math.min(PAGE, found.size()));
        var text = shown.stream()
                .map(item -> talk.say("stock.line", item.sku(), item.available(), item.name()))
                .collect(Collectors.joining("\n"));
        var buttons = new ArrayList<Button>();
        if (after != null) {
            buttons.add(Button.of(talk.plain("page.first"), "stock.page", ""));
        }
        if (found.size() > PAGE) {
            buttons.add(Button.of(
                    talk.plain("page.next"), "stock.page", shown.getLast().sku()));
        }
        return List.of(new Reply.Show(
                talk.say("stock.title") + "\n" + text, buttons.isEmpty() ? List.of() : List.of(buttons)));
    }

    private List<Reply> set(Request request) {
        var talk = request.talk();
        var said = SET.matcher(request.words());
        if (!said.matches() || said.group(4) == null) {
            return List.of(new Reply.Say(talk.say("set.usage")));
        }
        var sku = said.group(1) == null ? said.group(2) : said.group(1);
        var quantity = quantity(said.group(3));
        if (quantity < 0) {
            return List.of(new Reply.Say(talk.say("set.number", cut(said.group(3), 40), MOST)));
        }
        var reason = said.group(4).strip();
        if (reason.length() > LONGEST_REASON) {
            return List.of(new Reply.Say(talk.say("set.reason", LONGEST_REASON)));
        }
        return desk.find(sku)
                .map(item -> List.of(item.counted() ? ask(talk, item, quantity, reason) : notCounted(talk, item)))
                .orElseGet(() -> List.of(unknown(talk, sku)));
    }

    private static long quantity(String number) {
        if (!number.matches("[0-9]{1,10}")) {
            return -1;
        }
        long quantity = Long.parseLong(number);
        return quantity > MOST ? -1 : quantity;
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most) + "…";
    }

    private static Reply notCounted(Talk talk, Stocked item) {
        return new Reply.Say(talk.say("set.not.counted", item.sku()));
    }

    private static Reply ask(Talk talk, Stocked item, long quantity, String reason) {
        long present = item.places().stream()
                .filter(Place::preferred)
                .mapToLong(Place::present)
                .sum();
        var choice = UUID.randomUUID();
        return new Reply.Say(
                talk.say("set.ask", item.sku(), item.name(), present, quantity, reason),
                List.of(List.of(
                        Button.once(
                                talk.plain("button.confirm"),
                                "set.do",
                                item.item() + " " + quantity + " " + reason,
                                choice),
                        Button.once(talk.plain("button.cancel"), "set.no", "", choice))));
    }

    private List<Reply> confirmed(Request request) {
        var parts = request.words().split(" ", 3);
        var item = new ItemId(UUID.fromString(parts[0]));
        var counted = desk.count(item, Long.parseLong(parts[1]), request.key(), request.actor(), parts[2]);
        var talk = request.talk();
        long by = counted.before() - counted.after();
        var text = talk.say("set.done", sku(item), counted.before(), counted.after());
        if (by == 0) {
            return List.of(new Reply.Show(text, List.of()));
        }
        return List.of(new Reply.Show(
                text,
                List.of(List.of(
                        Button.once(talk.plain("button.undo"), "set.undo", item + " " + by, UUID.randomUUID()),
                        Button.of(talk.plain("button.why"), "why", item)))));
    }

    /** What was sold in the meantime stays sold. */
    private List<Reply> undo(Request request) {
        var parts = request.words().split(" ", 2);
        var item = new ItemId(UUID.fromString(parts[0]));
        var talk = request.talk();
        var undone = desk.correct(
                item, Long.parseLong(parts[1]), request.key(), request.actor(), talk.plain("set.undo.reason"));
        return List.of(new Reply.Show(talk.say("set.undone", sku(item), undone.before(), undone.after()), List.of()));
    }

    private String sku(ItemId item) {
        return desk.find(item.toString()).map(Stocked::sku).orElse("?");
    }
}
