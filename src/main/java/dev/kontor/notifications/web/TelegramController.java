package dev.kontor.notifications.web;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;

import dev.kontor.access.Caller;
import dev.kontor.api.Own;
import dev.kontor.api.Page;
import dev.kontor.notifications.telegram.Chat;
import dev.kontor.notifications.telegram.Pairing;

/** Which chats of the Telegram bot act as whom. */
@RestController
@RequestMapping("/api/v1/telegram")
@Own
@Tag(name = "Telegram")
class TelegramController {

    private final Pairing pairing;

    TelegramController(Pairing pairing) {
        this.pairing = pairing;
    }

    @Schema(name = "TelegramPairing")
    record PairingBody(
            @Schema(
                    description = "To be sent to the bot as `/start` and this, once, from the chat that is meant",
                    example = "k7m2p9qrs4tx")
            String code,

            Instant expiresAt) {}

    /** @param group whether others read along */
    @Schema(name = "TelegramChat")
    record ChatBody(UUID id, UUID user, boolean group, String language, ZoneId zone, Instant pairedAt) {

        static ChatBody of(Chat chat) {
            return new ChatBody(
                    chat.id(),
                    chat.user(),
                    chat.many(),
                    chat.wishes().language().getLanguage(),
                    chat.wishes().zone(),
                    chat.pairedAt());
        }
    }

    @PostMapping("/pairings")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "Get a code by which a Telegram chat acts as you",
            description = "It is good for ten minutes and once; a later one makes it worthless.")
    PairingBody offer(Caller caller) {
        var offer = pairing.offer(caller);
        return new PairingBody(offer.code(), offer.expiresAt());
    }

    @GetMapping("/chats")
    @Operation(
            summary = "List the Telegram chats that act as you",
            description = "An administrator sees those of everybody.")
    Page<ChatBody> chats(Caller caller) {
        List<ChatBody> chats = pairing.chats(caller).stream().map(ChatBody::of).toList();
        return new Page<>(chats, null);
    }

    @DeleteMapping("/chats/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Let a Telegram chat hear and do nothing any more")
    void end(@PathVariable UUID id, Caller caller) {
        pairing.end(id, caller);
    }
}
