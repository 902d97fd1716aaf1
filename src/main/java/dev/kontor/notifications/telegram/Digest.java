package dev.kontor.notifications.telegram;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

import org.springframework.transaction.annotation.Transactional;

import dev.kontor.access.Persons;
import dev.kontor.notifications.AlertKind;
import dev.kontor.notifications.alerts.Alert;
import dev.kontor.notifications.alerts.Alerts;
import dev.kontor.notifications.digest.DayReport;
import dev.kontor.notifications.telegram.Reply.Button;
import dev.kontor.notifications.texts.Talk;

/** Tells in the morning how the day before went: once a day and chat, at the hour that its person wants. */
@WithBot
class Digest {

    private static final Set<AlertKind> AGEING = Set.of(AlertKind.CREDENTIAL_AGEING, AlertKind.API_KEY_AGEING);

    private static final Duration LONGEST = Duration.ofDays(7);
    private static final int MOST = 60;

    private final Chats chats;
    private final Persons persons;
    private final DayReport report;
    private final Alerts alerts;
    private final Bundles bundles;
    private final Cards cards;
    private final Outbox outbox;
    private final Buttons buttons;
    private final Clock clock;

    Digest(
            Chats chats,
            Persons persons,
            DayReport report,
            Alerts alerts,
            Bundles bundles,
            Cards cards,
            Outbox outbox,
            Buttons buttons,
            Clock clock) {
        this.chats = chats;
        this.persons = persons;
        this.report = report;
        this.alerts = alerts;
        this.bundles = bundles;
        this.cards = cards;
        this.outbox = outbox;
        this.buttons = buttons;
        this.clock = clock;
    }

    @Transactional
    public void look() {
        chats.all().stream()
                .filter(chat -> chat.wishes().isDigestDue(clock.instant()))
                .filter(chat -> persons.find(chat.user()).isPresent())
                .forEach(this::tell);
    }

    private void tell(Chat chat) {
        var today = LocalDate.ofInstant(clock.instant(), chat.wishes().zone());
        if (chats.digest(chat.id(), today)) {
            var talk = chat.talk();
            var more = List.of(List.of(
                    Button.of(talk.plain("button.health"), "health", ""),
                    Button.of(talk.plain("button.alerts"), "alerts.page", "")));
            outbox.say(
                    "digest/" + chat.id() + "/" + today,
                    chat.chat(),
                    new Outgoing.Message(
                                    text(chat, talk, today.minusDays(1)),
                                    buttons.keep(chat.chat(), more, Replies.PRESSED),
                                    false)
                            .silently());
        }
    }

    private String text(Chat chat, Talk talk, LocalDate day) {
        var lines = new ArrayList<>(report.lines(talk, day));
        untold(chat, talk, lines);
        return String.join("\n", lines);
    }

    /** What nobody was called for: it can wait, or was over before long. */
    private void untold(Chat chat, Talk talk, List<String> lines) {
        var untold = alerts.find(bundles.untold(chat.id(), before(chat))).stream()
                .filter(alert -> !chat.wishes().muted().contains(alert.kind()))
                .filter(alert -> alert.state() == Alert.State.RESOLVED || !AGEING.contains(alert.kind()))
                .sorted(Comparator.comparing(Alert::severity).reversed())
                .toList();
        if (untold.isEmpty()) {
            return;
        }
        lines.add(talk.say("digest.untold"));
        untold.stream().limit(MOST).forEach(alert -> lines.add(cards.line(talk, alert)));
        if (untold.size() > MOST) {
            lines.add(talk.say("plan.more", untold.size() - MOST));
        }
    }

    /** Since the last digest, if there was one of late. */
    private Instant before(Chat chat) {
        var now = clock.instant();
        var last = chat.digestOn();
        var at = chat.wishes().digestAt();
        if (last == null || at == null) {
            return now.minus(Duration.ofDays(1));
        }
        var before = last.atTime(at).atZone(chat.wishes().zone()).toInstant();
        var longest = now.minus(LONGEST);
        return before.isBefore(longest) ? longest : before;
    }
}
