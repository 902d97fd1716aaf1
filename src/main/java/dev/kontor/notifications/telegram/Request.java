package dev.kontor.notifications.telegram;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

import dev.kontor.access.Caller;
import dev.kontor.notifications.texts.Talk;

/**
 * What a person wants of a step.
 *
 * @param words what was written behind the command, or what the button stands for
 * @param button that was pressed, null where something was written
 */
record Request(
        Chat chat,
        Caller caller,
        Incoming incoming,
        String words,
        @Nullable UUID button,
        Talk talk) {

    /** By which alerts and movements know who acts, as they do over HTTP. */
    String actor() {
        return "person " + caller.id();
    }

    /** Names what is done, so that it is done once. */
    String key() {
        return "telegram/" + (button == null ? "update/" + incoming.update() : button);
    }
}
