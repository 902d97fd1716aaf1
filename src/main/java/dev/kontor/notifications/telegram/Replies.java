package dev.kontor.notifications.telegram;

import java.time.Duration;
import java.util.List;

import org.springframework.stereotype.Component;

/** Puts what the bot answers into the outbox. */
@Component
class Replies {

    /** With which the keys of all answers begin. */
    static final String KEY = "update/";

    /** Whoever scrolls up that far asks anew. */
    static final Duration PRESSED = Duration.ofDays(7);

    private final Outbox outbox;
    private final Buttons buttons;

    Replies(Outbox outbox, Buttons buttons) {
        this.outbox = outbox;
        this.buttons = buttons;
    }

    /** In the transaction that notes the update as handled. A press is always answered, or the button would go on waiting. */
    void say(Incoming incoming, List<Reply> replies) {
        int number = 0;
        boolean noticed = incoming.press() == null;
        for (var reply : replies) {
            noticed |= reply instanceof Reply.Notice;
            say(KEY + incoming.update() + "/" + number++, incoming, reply);
        }
        if (!noticed) {
            say(KEY + incoming.update() + "/noticed", incoming, new Reply.Notice("", false));
        }
    }

    private void say(String key, Incoming incoming, Reply reply) {
        var chat = incoming.chat();
        switch (reply) {
            case Reply.Say(var text, var rows) ->
                outbox.say(key, chat, new Outgoing.Message(text, buttons.keep(chat, rows, PRESSED), false));
            case Reply.Show(var text, var rows) -> {
                var keys = buttons.keep(chat, rows, PRESSED);
                if (incoming.press() == null || Pieces.of(text).size() > 1) { // one message cannot become several
                    outbox.say(key, chat, new Outgoing.Message(text, keys, false));
                } else {
                    outbox.edit(key, chat, new Outgoing.Edit(incoming.message(), text, keys), null);
                }
            }
            case Reply.Notice(var text, var loud) -> {
                if (incoming.press() != null) {
                    outbox.notice(key, chat, new Outgoing.Notice(incoming.press(), cut(text), loud));
                }
            }
            case Reply.Attach(var name, var caption, var content) ->
                outbox.send(key, chat, new Outgoing.File(name, caption), content);
        }
    }

    /** Telegram takes no more of it. */
    private static String cut(String text) {
        return text.length() <= 200 ? text : text.substring(0, 199) + "…";
    }
}
