package dev.kontor.notifications.telegram;

import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/** A chat as the people in it see it. */
final class ShownChat {
    final long id;
    final String type;
    final List<Message> messages = new CopyOnWriteArrayList<>();
    BlockingQueue<String> fresh = new LinkedBlockingQueue<>();
    BlockingQueue<String> edited = new LinkedBlockingQueue<>();
    BlockingQueue<String> notices = new LinkedBlockingQueue<>();

    ShownChat(long id, String type) {
        this.id = id;
        this.type = type;
    }

    Map<String, Object> shown() {
        return Map.of("id", id, "type", type, "title", "Chat");
    }

    @Override
    public String toString() {
        return "chat " + messages;
    }

    record Button(long message, String label, String data, String link) {}

    static final class Message {
        final long id;
        volatile String text;
        volatile List<Button> buttons;
        volatile boolean pinned;
        volatile boolean silent;
        volatile String file;
        volatile String content;

        Message(long id, String text, List<Button> buttons) {
            this.id = id;
            this.text = text;
            this.buttons = buttons;
        }

        @Override
        public String toString() {
            return text + " " + buttons.stream().map(Button::label).toList();
        }
    }
}
