package dev.kontor.notifications.telegram;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;

import dev.kontor.access.Caller;
import dev.kontor.access.Persons;
import dev.kontor.api.Refusal;
import dev.kontor.audit.Origin;
import dev.kontor.notifications.texts.Talk;

/** Finds out who says what, and whether he may. */
@WithBot
class Conversation {

    private final Chats chats;
    private final Pairing pairing;
    private final Strangers strangers;
    private final Persons persons;
    private final Buttons buttons;
    private final Farewell farewell;
    private final TransactionOperations transaction;
    private final Map<String, Step> steps;

    Conversation(
            Chats chats,
            Pairing pairing,
            Strangers strangers,
            Persons persons,
            Buttons buttons,
            Farewell farewell,
            TransactionOperations transaction,
            List<Step.Source> sources) {
        this.chats = chats;
        this.pairing = pairing;
        this.strangers = strangers;
        this.persons = persons;
        this.buttons = buttons;
        this.farewell = farewell;
        this.transaction = transaction;
        this.steps = sources.stream()
                .flatMap(source -> source.steps().stream())
                .collect(Collectors.toUnmodifiableMap(Step::name, step -> step));
    }

    /** What to say to it. Not called inside a transaction. */
    List<Reply> answer(Incoming incoming) {
        switch (incoming.kind()) {
            case GONE -> farewell.blocked(incoming.chat());
            case MOVED -> farewell.moved(incoming.chat(), incoming.movedTo());
            case OTHER -> {}
            case MESSAGE, PRESS -> {
                var written = Written.of(incoming.kind() == Incoming.Kind.MESSAGE ? incoming.text() : "");
                if (written.command().equals("/start") && !written.words().isEmpty()) {
                    return start(incoming, written.words());
                }
                var chat = chats.find(incoming.chat());
                return chat.isPresent() ? known(chat.get(), incoming, written) : stranger(incoming);
            }
        }
        return List.of();
    }

    /** For what failed however often it was tried. */
    List<Reply> sorry(Incoming incoming) {
        var talk = chats.find(incoming.chat()).map(Chat::talk).orElseGet(incoming::talk);
        return List.of(new Reply.Say(talk.say("failed")));
    }

    /** @param command in small letters, empty where there is none */
    private record Written(String command, String words) {

        static Written of(String text) {
            var stripped = text.strip();
            if (!stripped.startsWith("/")) {
                return new Written("", stripped);
            }
            var parts = stripped.split("\\s+", 2);
            var name = parts[0].split("@", 2)[0].toLowerCase(Locale.ROOT); // in groups the bot's name may follow
            return new Written(name, parts.length == 1 ? "" : parts[1].strip());
        }
    }

    private List<Reply> start(Incoming incoming, String code) {
        var talk = incoming.talk();
        if (chats.find(incoming.chat()).isEmpty() && !strangers.mayGuess(incoming.chat())) {
            return List.of();
        }
        return pairing.use(incoming, code)
                .map(chat -> List.<Reply>of(new Reply.Say(chat.talk().say("paired", name(chat)))))
                .orElseGet(() -> {
                    strangers.guessedWrong(incoming.chat());
                    return List.of(new Reply.Say(talk.say("code.wrong")));
                });
    }

    private String name(Chat chat) {
        return persons.find(chat.user()).map(Caller::name).orElse("?");
    }

    /** Told once in words. A press must be answered, or the button would wait; there it can only be an old one. */
    private List<Reply> stranger(Incoming incoming) {
        var talk = incoming.talk();
        if (incoming.kind() == Incoming.Kind.PRESS) {
            return List.of(new Reply.Notice(talk.plain("stranger.press"), true));
        }
        if (incoming.many() && !incoming.text().startsWith("/")) {
            return List.of(); // they talk among themselves
        }
        return strangers.refuse(incoming.chat(), incoming.update())
                ? List.of(new Reply.Say(talk.say("stranger")))
                : List.of();
    }

    private List<Reply> known(Chat chat, Incoming incoming, Written written) {
        var talk = chat.talk();
        var user = incoming.from() == chat.telegramUser() ? Optional.of(chat.user()) : chats.person(incoming.from());
        var caller = user.flatMap(persons::find);
        if (caller.isEmpty()) {
            return nobody(incoming, talk, user.isPresent());
        }
        if (incoming.kind() == Incoming.Kind.PRESS) {
            return pressed(chat, caller.get(), incoming, talk);
        }
        if (written.command().isEmpty()) {
            return chat.many() ? List.of() : List.of(new Reply.Say(talk.say("no.command")));
        }
        if (written.command().equals("/stop")) {
            return stop(chat, caller.get(), incoming, talk);
        }
        var name = written.command().equals("/start") ? "/help" : written.command();
        var step = steps.get(name);
        if (step == null) {
            return chat.many() ? List.of() : List.of(new Reply.Say(talk.say("command.unknown", written.command())));
        }
        return take(step, new Request(chat, caller.get(), incoming, written.words(), null, talk));
    }

    private static List<Reply> nobody(Incoming incoming, Talk talk, boolean hadAccess) {
        var key = hadAccess ? "access.ended" : "not.you";
        if (incoming.kind() == Incoming.Kind.PRESS) {
            return List.of(new Reply.Notice(talk.plain(key), true));
        }
        return incoming.many() ? List.of() : List.of(new Reply.Say(talk.say(key)));
    }

    private List<Reply> stop(Chat chat, Caller caller, Incoming incoming, Talk talk) {
        if (!caller.id().equals(chat.user())) {
            return List.of(new Reply.Say(talk.say("stop.not.yours")));
        }
        as(caller, incoming).call(() -> {
            transaction.executeWithoutResult(_ -> chats.unpair(chat));
            return true;
        });
        return List.of(new Reply.Say(talk.say("stopped")));
    }

    private List<Reply> pressed(Chat chat, Caller caller, Incoming incoming, Talk talk) {
        var button = buttons.find(chat.chat(), incoming.text()).orElse(null);
        var step = button == null ? null : steps.get(button.step());
        if (button == null || step == null) {
            return List.of(new Reply.Notice(talk.plain("button.unknown"), true));
        }
        if (!caller.role().includes(step.least())) {
            return List.of(forbidden(step, talk));
        }
        if (button.choice() != null && !buttons.choose(button.choice(), incoming.update())) {
            return List.of(new Reply.Notice(talk.plain("button.used"), true));
        }
        return take(step, new Request(chat, caller, incoming, button.argument(), button.id(), talk));
    }

    private static Reply forbidden(Step step, Talk talk) {
        return new Reply.Notice(
                talk.plain("forbidden", talk.word("role", step.least().name())), true);
    }

    private List<Reply> take(Step step, Request request) {
        if (!request.caller().role().includes(step.least())) {
            var role = request.talk().word("role", step.least().name());
            return List.of(new Reply.Say(request.talk().say("forbidden", role)));
        }
        try {
            return as(request.caller(), request.incoming())
                    .call(() -> step.answer().apply(request));
        } catch (Refusal refusal) {
            return refused(request.button(), refusal, request.talk());
        }
    }

    private static List<Reply> refused(@Nullable UUID button, Refusal refusal, Talk talk) {
        var why = refusal.getMessage() == null ? "" : refusal.getMessage();
        return List.of(
                button == null
                        ? new Reply.Say(talk.say("refused", why))
                        : new Reply.Notice(talk.plain("refused", why), true));
    }

    private static Origin as(Caller caller, Incoming incoming) {
        return new Origin(Pairing.bot(caller), null, "telegram-" + incoming.update());
    }
}
