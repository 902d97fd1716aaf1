package dev.kontor.notifications.telegram;

import java.util.List;

import org.jspecify.annotations.Nullable;

/** What is to be said in a chat. */
sealed interface Outgoing {

    /** A text with buttons beneath, in HTML as Telegram understands it. */
    sealed interface Written extends Outgoing {
        String text();

        List<List<Key>> keys();
    }

    /**
     * @param pin whether it is to stay on top of the chat
     * @param silent whether it calls nobody; null as an earlier version wrote it
     */
    record Message(
            String text,
            List<List<Key>> keys,
            boolean pin,
            @Nullable Boolean silent) implements Written {
        public Message {
            keys = List.copyOf(keys);
        }

        /** What is pinned is there to be looked at, and calls nobody. */
        public Message(String text, List<List<Key>> keys, boolean pin) {
            this(text, keys, pin, pin);
        }

        Message silently() {
            return new Message(text, keys, pin, true);
        }

        Message saying(String other) {
            return new Message(other, keys, pin, silent);
        }
    }

    /**
     * A message is to say something else.
     *
     * @param message by which Telegram knows it; 0 where it is known by the key under which it was said
     */
    record Edit(long message, String text, List<List<Key>> keys) implements Written {
        public Edit {
            keys = List.copyOf(keys);
        }
    }

    /** Who pressed a button sees at once that it was noticed. */
    record Notice(String press, String text, boolean loud) implements Outgoing {}

    /** Its content lies beside. */
    record File(String name, String caption) implements Outgoing {}

    /** @param link to open instead of telling Kontor, else null */
    record Key(String label, String data, @Nullable String link) {}
}
