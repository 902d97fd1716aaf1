package dev.kontor.notifications.telegram;

import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/** What the bot says to what a person wrote or pressed. Texts are HTML as Telegram understands it. */
sealed interface Reply {

    /**
     * @param step what happens when it is pressed
     * @param argument what the step is to know
     * @param choice of all buttons of a choice one is pressed once; null where it may be pressed again and again
     * @param link to open instead, else null
     */
    record Button(
            String label,
            String step,
            String argument,
            @Nullable UUID choice,
            @Nullable String link) {

        static Button of(String label, String step, Object argument) {
            return new Button(label, step, argument.toString(), null, null);
        }

        static Button once(String label, String step, Object argument, UUID choice) {
            return new Button(label, step, argument.toString(), choice, null);
        }

        static Button open(String label, String link) {
            return new Button(label, "", "", null, link);
        }
    }

    record Say(String text, List<List<Button>> buttons) implements Reply {
        public Say {
            buttons = List.copyOf(buttons);
        }

        public Say(String text) {
            this(text, List.of());
        }
    }

    /** The message whose button was pressed says something else; where none was pressed it is said anew. */
    record Show(String text, List<List<Button>> buttons) implements Reply {
        public Show {
            buttons = List.copyOf(buttons);
        }
    }

    /** To who pressed a button, and nobody else. */
    record Notice(String text, boolean loud) implements Reply {}

    record Attach(String name, String caption, byte[] content) implements Reply {}
}
