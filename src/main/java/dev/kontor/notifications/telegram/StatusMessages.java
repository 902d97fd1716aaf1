package dev.kontor.notifications.telegram;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

import org.springframework.transaction.annotation.Transactional;

import dev.kontor.access.Persons;
import dev.kontor.notifications.texts.Talk;

/** Keeps a message on top of each chat that says how things stand, and changes it instead of saying more. */
@WithBot
class StatusMessages {

    private final Chats chats;
    private final Persons persons;
    private final Standings standings;
    private final Outbox outbox;
    private final Clock clock;

    StatusMessages(Chats chats, Persons persons, Standings standings, Outbox outbox, Clock clock) {
        this.chats = chats;
        this.persons = persons;
        this.standings = standings;
        this.outbox = outbox;
        this.clock = clock;
    }

    @Transactional
    public void look() {
        chats.all().stream()
                .filter(chat -> persons.find(chat.user()).isPresent())
                .forEach(this::look);
    }

    private void look(Chat chat) {
        var talk = chat.talk();
        var text = text(talk);
        var now = clock.instant().truncatedTo(ChronoUnit.MINUTES);
        var key = chat.statusKey();
        if (key == null || outbox.isGone(key)) {
            var fresh = "status/" + chat.id() + "/" + now.getEpochSecond();
            chats.status(chat.id(), fresh, text);
            outbox.say(fresh, chat.chat(), new Outgoing.Message(text, List.of(), true));
        } else if (chats.status(chat.id(), key, text)) {
            outbox.edit(key + "/" + now.getEpochSecond(), chat.chat(), new Outgoing.Edit(0, text, List.of()), key);
        }
    }

    /** One message, which is changed in place; so no more accounts than fit, those with the worst troubles first. */
    private String text(Talk talk) {
        var title = talk.say("status.title");
        int open = standings.open().size();
        var amiss = open == 0 ? talk.say("alerts.none") : talk.say("health.alerts", open);
        var accounts = standings.lines(talk);
        var all = talk.say("plan.more", accounts.size());
        int shown = Pieces.fitting(accounts, title.length() + all.length() + amiss.length() + 3);
        var lines = new ArrayList<>(List.of(title));
        lines.addAll(accounts.subList(0, shown));
        if (shown < accounts.size()) {
            lines.add(talk.say("plan.more", accounts.size() - shown));
        }
        lines.add(amiss);
        return String.join("\n", lines);
    }
}
