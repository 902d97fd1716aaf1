package dev.kontor.notifications.telegram;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import dev.kontor.access.Caller;
import dev.kontor.access.Persons;
import dev.kontor.inventory.PlanId;
import dev.kontor.inventory.StockDecisions;
import dev.kontor.inventory.StockDecisions.Planned;
import dev.kontor.notifications.AlertKind;
import dev.kontor.notifications.Severity;
import dev.kontor.notifications.alerts.Alert;
import dev.kontor.notifications.alerts.Alert.State;
import dev.kontor.notifications.alerts.Fact;
import dev.kontor.notifications.alerts.Subject;
import dev.kontor.notifications.telegram.Reply.Button;
import dev.kontor.notifications.texts.AlertTexts;
import dev.kontor.notifications.texts.Talk;

/** Shows an alert with what can be done about it. */
@WithBot
class Cards {

    private static final int SAMPLES = 5;

    /** Telegram puts no more buttons in a row. */
    private static final int IN_A_ROW = 8;

    private static final int MOST_TOGETHER = 24;

    private final AlertTexts texts;
    private final Persons persons;
    private final StockDecisions decisions;

    Cards(AlertTexts texts, Persons persons, StockDecisions decisions) {
        this.texts = texts;
        this.persons = persons;
        this.decisions = decisions;
    }

    record Card(String text, List<List<Button>> buttons) {}

    Card of(Talk talk, Alert alert) {
        var speech = texts.in(talk.language());
        var text = talk.say(
                "card", dot(alert), speech.title(alert), speech.text(alert), alert.firstSeenAt(), state(talk, alert));
        var plan = isOpen(alert) ? plan(talk, alert, SAMPLES) : List.<String>of();
        return new Card(plan.isEmpty() ? text : text + "\n" + String.join("\n", plan), buttons(talk, alert));
    }

    private static boolean isOpen(Alert alert) {
        return alert.state() != State.RESOLVED;
    }

    /** What a plan that waits would do: why it waits, how many there are, and some of them. */
    List<String> plan(Talk talk, Alert alert, int samples) {
        if (alert.subject().type() != Subject.Type.PLAN) {
            return List.of();
        }
        var id = new PlanId(UUID.fromString(alert.subject().id()));
        return decisions.find(id, samples).map(plan -> plan(talk, plan)).orElse(List.of());
    }

    private static List<String> plan(Talk talk, Planned plan) {
        var lines = new ArrayList<String>();
        lines.add("");
        lines.add(talk.say(plan.bySource() ? "plan.source" : "plan.zeroes"));
        lines.add(talk.say("plan.counts", plan.listings(), plan.held()));
        for (var sample : plan.samples()) {
            lines.add(talk.say(
                    "plan.sample",
                    sample.sku() == null ? sample.name() : sample.sku() + " " + sample.name(),
                    sample.shown(),
                    sample.planned()));
        }
        if (plan.listings() > plan.samples().size()) {
            lines.add(talk.say("plan.more", plan.listings() - plan.samples().size()));
        }
        return lines;
    }

    /** All that one message tells of. */
    Card of(Talk talk, String bundle, String origin, List<Alert> alerts) {
        if (alerts.size() == 1) {
            return of(talk, alerts.getFirst());
        }
        var head = line(talk, origin, alerts);
        var some = new ArrayList<String>();
        for (var alert : alerts.subList(0, Math.min(alerts.size(), MOST_TOGETHER))) {
            some.add((some.size() + 1) + ". " + line(talk, alert));
        }
        int shown = Pieces.fitting(
                some, head.length() + talk.say("plan.more", alerts.size()).length() + 2);
        var lines = new ArrayList<>(List.of(head));
        lines.addAll(some.subList(0, shown));
        if (alerts.size() > shown) {
            lines.add(talk.say("plan.more", alerts.size() - shown));
        }
        var numbers = new ArrayList<List<Button>>();
        for (int at = 0; at < shown; at++) {
            if (at % IN_A_ROW == 0) {
                numbers.add(new ArrayList<>());
            }
            numbers.getLast()
                    .add(Button.of(
                            String.valueOf(at + 1), "alert.show", alerts.get(at).id()));
        }
        var rows = new ArrayList<List<Button>>();
        if (alerts.stream().anyMatch(Cards::isOpen)) {
            rows.add(List.of(
                    Button.of(talk.plain("button.take.all"), "bundle.take", bundle),
                    Button.of(talk.plain("button.snooze"), "bundle.snooze", bundle)));
        }
        rows.addAll(numbers);
        return new Card(String.join("\n", lines), rows);
    }

    /** What one message tells of in a line. */
    String line(Talk talk, String origin, List<Alert> alerts) {
        if (alerts.size() == 1) {
            return line(talk, alerts.getFirst());
        }
        var dot = alerts.stream()
                .filter(Cards::isOpen)
                .map(Alert::severity)
                .max(Comparator.naturalOrder())
                .map(Cards::dot)
                .orElse("✅");
        long open = alerts.stream().filter(Cards::isOpen).count();
        if (origin.startsWith(Origins.MARKETPLACE)) {
            return talk.say("bundle.marketplace", dot, origin.substring(Origins.MARKETPLACE.length()), open);
        }
        return talk.say("bundle", dot, talk.word("bundle", origin), open);
    }

    /** One line of a list. */
    String line(Talk talk, Alert alert) {
        return talk.say("card.line", dot(alert), texts.in(talk.language()).title(alert), state(talk, alert));
    }

    static String dot(Alert alert) {
        if (alert.state() == State.RESOLVED) {
            return "✅";
        }
        return dot(alert.severity());
    }

    static String dot(Severity severity) {
        return switch (severity) {
            case INFO -> "🔵";
            case WARNING -> "🟠";
            case CRITICAL -> "🔴";
        };
    }

    private String state(Talk talk, Alert alert) {
        return switch (alert.state()) {
            case OPEN -> alert.level() == 0 ? talk.plain("state.open") : talk.plain("state.escalated", alert.level());
            case TAKEN -> talk.plain("state.taken", name(alert.handledBy()));
            case SNOOZED ->
                alert.snoozedUntil() == null
                        ? talk.plain("state.open")
                        : talk.plain("state.snoozed", alert.snoozedUntil());
            case RESOLVED ->
                alert.resolvedAt() == null
                        ? talk.plain("state.open")
                        : talk.plain("state.resolved", alert.resolvedAt());
        };
    }

    private String name(@Nullable String actor) {
        if (actor == null || !actor.startsWith("person ")) {
            return actor == null ? "?" : actor;
        }
        return persons.find(UUID.fromString(actor.substring("person ".length())))
                .map(Caller::name)
                .orElse("?");
    }

    private static List<List<Button>> buttons(Talk talk, Alert alert) {
        if (alert.state() == State.RESOLVED) {
            return List.of();
        }
        var id = alert.id();
        var rows = new ArrayList<List<Button>>();
        var first = new ArrayList<Button>();
        if (alert.state() != State.TAKEN) {
            first.add(Button.of(talk.plain("button.take"), "alert.take", id));
        }
        if (alert.state() != State.SNOOZED) {
            first.add(Button.of(talk.plain("button.snooze"), "alert.snooze", id));
        }
        first.add(Button.of(talk.plain("button.resolve"), "alert.resolve", id));
        rows.add(first);
        var second = new ArrayList<Button>();
        if (alert.kind() == AlertKind.PLAN_WAITING) {
            second.add(Button.of(talk.plain("button.approve"), "alert.approve", id));
            second.add(Button.of(talk.plain("button.reject"), "alert.reject", id));
        }
        if (loop(alert) != null) {
            second.add(Button.of(talk.plain("button.retry"), "alert.retry", id));
        }
        if (pausing(alert)) {
            second.add(Button.of(talk.plain("button.pause"), "alert.pause", id));
        }
        second.add(Button.of(talk.plain("button.why"), "alert.why", id));
        rows.add(second);
        return rows;
    }

    /** Whether it helps to offer nothing there for a while. */
    private static boolean pausing(Alert alert) {
        return alert.subject().account() != null
                && switch (alert.kind()) {
                    case QUANTITY_UNVERIFIED,
                            QUANTITY_DIFFERS,
                            FEED_WINDOW,
                            SYNC_FAILING,
                            SYNC_SILENT,
                            ORDERS_UNHEARD -> true;
                    default -> false;
                };
    }

    /** The loop that may do better when it runs again; null where it is none. */
    static @Nullable String loop(Alert alert) {
        return switch (alert.kind()) {
            case SYNC_FAILING, SYNC_PARTIAL, SYNC_SILENT ->
                alert.facts().byKey().get(Fact.LOOP.key()) instanceof String loop ? loop : null;
            case CERTIFICATE_GAPS, ORDERS_UNHEARD -> "certificate";
            default -> null;
        };
    }

    static boolean isOfItem(Alert alert) {
        return alert.subject().type() == Subject.Type.ITEM;
    }
}
