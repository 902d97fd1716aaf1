package dev.kontor.notifications.telegram;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.kontor.accounts.AccountId;
import dev.kontor.api.Conflict;
import dev.kontor.api.NotFound;
import dev.kontor.inventory.PlanId;
import dev.kontor.inventory.StockDecisions;
import dev.kontor.notifications.AlertId;
import dev.kontor.notifications.alerts.Alert;
import dev.kontor.notifications.alerts.Alert.State;
import dev.kontor.notifications.alerts.Alerts;
import dev.kontor.notifications.alerts.Handling;
import dev.kontor.notifications.alerts.Step.What;
import dev.kontor.notifications.telegram.Reply.Button;
import dev.kontor.notifications.texts.Talk;
import dev.kontor.orders.LoopTurns;

/** Lists alerts and does what people decide about them. */
@WithBot
class AlertSteps implements Step.Source {

    private static final int PAGE = 8;
    private static final int MOST_SAMPLES = 30;
    private static final Duration SNOOZE = Duration.ofHours(1);

    private final Alerts alerts;
    private final Handling handling;
    private final Cards cards;
    private final AlertCards told;
    private final Bundles bundles;
    private final StockDecisions decisions;
    private final LoopTurns turns;
    private final WhySteps why;
    private final Clock clock;

    AlertSteps(
            Alerts alerts,
            Handling handling,
            Cards cards,
            AlertCards told,
            Bundles bundles,
            StockDecisions decisions,
            LoopTurns turns,
            WhySteps why,
            Clock clock) {
        this.alerts = alerts;
        this.handling = handling;
        this.cards = cards;
        this.told = told;
        this.bundles = bundles;
        this.decisions = decisions;
        this.turns = turns;
        this.why = why;
        this.clock = clock;
    }

    @Override
    public List<Step> steps() {
        return List.of(
                Step.looking("/alerts", request -> page(request, null)),
                Step.looking("alerts.page", request -> page(request, position(request.words()))),
                Step.looking("alert.show", request -> List.of(card(request, alert(request)))),
                Step.looking("alert.why", this::explain),
                Step.changing(
                        "alert.take", request -> handled(request, id -> handling.take(id, request.actor(), _ -> {}))),
                Step.changing("alert.snooze", this::snooze),
                Step.changing(
                        "bundle.take", request -> together(request, id -> handling.take(id, request.actor(), _ -> {}))),
                Step.changing("bundle.snooze", this::snoozeAll),
                Step.changing(
                        "alert.resolve",
                        request -> handled(request, id -> handling.resolve(id, request.actor(), _ -> {}))),
                Step.changing(
                        "alert.approve", request -> decided(request, plan -> decisions.approve(plan, request.actor()))),
                Step.changing(
                        "alert.reject", request -> decided(request, plan -> decisions.reject(plan, request.actor()))),
                Step.changing("alert.retry", this::retry),
                Step.changing("alert.pause", request -> pause(request, true)),
                Step.changing("alert.resume", request -> pause(request, false)));
    }

    private static Alerts.@Nullable Position position(String id) {
        return id.isEmpty() ? null : new Alerts.Position(UUID.fromString(id));
    }

    private List<Reply> page(Request request, Alerts.@Nullable Position after) {
        var talk = request.talk();
        var found = new ArrayList<Alert>();
        var position = after;
        List<Alert> some;
        do { // those that are over lie in between
            some = alerts.list(new Alerts.Filter(null, null, null, null), position, 100);
            some.stream().filter(alert -> alert.state() != State.RESOLVED).forEach(found::add);
            position = some.isEmpty() ? position : Alerts.Position.of(some.getLast());
        } while (found.size() <= PAGE && some.size() == 100);
        if (found.isEmpty()) {
            return List.of(new Reply.Show(talk.say("alerts.none"), List.of()));
        }
        var shown = found.subList(0, Math.min(PAGE, found.size()));
        var text = new StringBuilder(talk.say("alerts.title"));
        var rows = new ArrayList<List<Button>>();
        var numbers = new ArrayList<Button>();
        for (int number = 1; number <= shown.size(); number++) {
            var alert = shown.get(number - 1);
            text.append("\n").append(number).append(". ").append(cards.line(talk, alert));
            numbers.add(Button.of(String.valueOf(number), "alert.show", alert.id()));
        }
        rows.add(numbers);
        if (found.size() > PAGE) {
            rows.add(List.of(Button.of(
                    talk.plain("page.next"), "alerts.page", shown.getLast().id())));
        }
        return List.of(new Reply.Show(text.toString(), rows));
    }

    private Alert alert(Request request) {
        var id = UUID.fromString(request.words());
        return alerts.find(new AlertId(id)).orElseThrow(() -> NotFound.of("alert", id));
    }

    private Reply card(Request request, Alert alert) {
        var card = cards.of(request.talk(), alert);
        return new Reply.Say(card.text(), card.buttons());
    }

    /** The card whose button was pressed says how it stands now. */
    private List<Reply> handled(Request request, Consumer<AlertId> handle) {
        handle.accept(alert(request).id());
        return List.of(shown(request));
    }

    private Reply shown(Request request) {
        var alert = alert(request);
        var card = told.together(request, alert).orElseGet(() -> cards.of(request.talk(), alert));
        return new Reply.Show(card.text(), card.buttons());
    }

    /** All that a message tells of, but for what is over. Its card is changed by whoever tells of alerts. */
    private List<Reply> together(Request request, Consumer<AlertId> handle) {
        var bundle = bundles.find(request.words()).orElseThrow(() -> NotFound.of("message", request.words()));
        var open = told.of(bundle).stream()
                .filter(alert -> alert.state() != State.RESOLVED)
                .toList();
        for (var alert : open) {
            try {
                handle.accept(alert.id());
            } catch (Conflict e) {
                continue; // it is over by now
            }
        }
        return List.of();
    }

    private List<Reply> snoozeAll(Request request) {
        var until = clock.instant().plus(SNOOZE);
        return together(request, id -> {
            if (alerts.find(id).filter(alert -> alert.state() != State.SNOOZED).isPresent()) {
                handling.snooze(id, request.actor(), until, _ -> {});
            }
        });
    }

    private List<Reply> snooze(Request request) {
        var before = alert(request);
        var until = clock.instant().plus(SNOOZE);
        if (before.state() != State.SNOOZED) { // as after a crash
            handling.snooze(before.id(), request.actor(), until, _ -> {});
        }
        return List.of(shown(request));
    }

    private List<Reply> decided(Request request, Consumer<PlanId> decide) {
        decide.accept(new PlanId(UUID.fromString(alert(request).subject().id())));
        return List.of(new Reply.Notice(request.talk().plain("decided"), false));
    }

    private List<Reply> retry(Request request) {
        var alert = alert(request);
        var account = alert.subject().account();
        var loop = Cards.loop(alert);
        boolean runs = account != null && loop != null && turns.runNow(account, loop);
        return List.of(new Reply.Notice(request.talk().plain(runs ? "retried" : "retried.not"), !runs));
    }

    private List<Reply> pause(Request request, boolean paused) {
        var talk = request.talk();
        AccountId account = alert(request).subject().account();
        if (account == null) {
            return List.of(new Reply.Notice(talk.plain("button.unknown"), true));
        }
        decisions.pause(account, paused, request.actor());
        if (!paused) {
            return List.of(new Reply.Show(talk.say("resumed"), List.of()));
        }
        return List.of(new Reply.Say(
                talk.say("paused"),
                List.of(List.of(Button.of(talk.plain("button.resume"), "alert.resume", request.words())))));
    }

    /** What became of it so far; of an item also where its numbers come from. */
    private List<Reply> explain(Request request) {
        var talk = request.talk();
        var alert = alert(request);
        var story = alerts.story(alert.id()).stream()
                .map(step -> talk.say("story", step.at(), told(talk, step.what())))
                .collect(Collectors.joining("\n"));
        var replies = new ArrayList<Reply>();
        replies.add(new Reply.Say(cards.line(talk, alert) + "\n"
                + talk.say("alert.count", alert.count(), alert.lastSeenAt()) + "\n" + story));
        var plan = cards.plan(talk, alert, MOST_SAMPLES);
        if (!plan.isEmpty()) {
            replies.add(new Reply.Say(String.join("\n", plan.subList(1, plan.size()))));
        }
        if (Cards.isOfItem(alert)) {
            replies.addAll(why.of(request, alert.subject().id()));
        }
        return replies;
    }

    private static String told(Talk talk, What what) {
        return talk.word("story", what.name());
    }
}
