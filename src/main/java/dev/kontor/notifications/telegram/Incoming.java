package dev.kontor.notifications.telegram;

import java.time.ZoneOffset;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import dev.kontor.notifications.texts.Talk;

/**
 * What came from Telegram, as much of it as Kontor acts on.
 *
 * @param many whether others read along in this chat
 * @param from by whom Telegram knows the person
 * @param language of the person's Telegram, such as {@code ru}
 * @param text what was written, or the data of the button that was pressed
 * @param press by which Telegram knows the press
 * @param message that was written, or whose button was pressed
 * @param movedTo the chat as which this one goes on
 */
record Incoming(
        long update,
        Kind kind,
        long chat,
        boolean many,
        long from,
        @Nullable String language,
        String text,
        @Nullable String press,
        long message,
        long movedTo) {

    enum Kind {
        MESSAGE,
        PRESS,
        /** The bot was blocked, or thrown out. */
        GONE,
        /** A group has become a supergroup. */
        MOVED,
        /** Nothing that Kontor acts on. */
        OTHER
    }

    static Incoming other(long update) {
        return new Incoming(update, Kind.OTHER, 0, false, 0, null, "", null, 0, 0);
    }

    /** Not what people wrote. */
    @Override
    public String toString() {
        return "Incoming[update=" + update + ", kind=" + kind + "]";
    }

    /** With somebody of whom nothing is known but what his telephone says. */
    Talk talk() {
        boolean russian = language != null && language.startsWith("ru");
        return Talk.of(russian ? Locale.of("ru") : Locale.ENGLISH, ZoneOffset.UTC);
    }
}
