package dev.kontor.notifications.telegram;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import dev.kontor.notifications.texts.Talk;
import dev.kontor.notifications.wishes.Wishes;

/**
 * A chat that belongs to a person.
 *
 * @param chat by which Telegram knows it
 * @param user whom it tells
 * @param telegramUser by whom Telegram knows this person
 * @param many whether others read along
 * @param digestOn the day of the last digest
 * @param statusKey under which the message with the state of things was said
 */
public record Chat(
        UUID id,
        long chat,
        UUID user,
        long telegramUser,
        boolean many,
        Wishes wishes,
        @Nullable LocalDate digestOn,
        @Nullable String statusKey,
        Instant pairedAt) {

    /** As its person wants to be spoken to. */
    Talk talk() {
        return Talk.of(wishes.language(), wishes.zone());
    }

    Chat wishing(Wishes other) {
        return new Chat(id, chat, user, telegramUser, many, other, digestOn, statusKey, pairedAt);
    }
}
