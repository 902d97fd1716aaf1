package dev.kontor.notifications.telegram;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.kontor.notifications.telegram.ShownChat.Button;
import dev.kontor.notifications.telegram.ShownChat.Message;

import static org.assertj.core.api.Assertions.assertThat;

/** What somebody sees and does in a chat of {@link FakeTelegram}. */
final class Phone {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final FakeTelegram telegram;
    private long chat;
    private final long person;
    private final String language;

    Phone(FakeTelegram telegram, long chat, long person, String language) {
        this.telegram = telegram;
        this.chat = chat;
        this.person = person;
        this.language = language;
    }

    long chat() {
        return chat;
    }

    /** The same person in another chat. */
    Phone in(long other) {
        return new Phone(telegram, other, person, language);
    }

    /** The same chat in the hands of another member. */
    Phone of(Phone other) {
        return other.in(chat);
    }

    private ShownChat shown() {
        return telegram.shown(chat);
    }

    long says(String text) {
        var message = telegram.message(shown(), null);
        message.put("from", user());
        message.put("text", text);
        return telegram.tell(Map.of("message", message));
    }

    /** Presses the newest button with this label. */
    Phone presses(String label) {
        return presses(buttonOf(label));
    }

    Phone presses(Button button) {
        pressesData(button.message(), button.data());
        return this;
    }

    long pressesData(long message, String data) {
        return telegram.tell(Map.of(
                "callback_query",
                Map.of(
                        "id",
                        telegram.pressed(chat),
                        "from",
                        user(),
                        "message",
                        telegram.message(shown(), message),
                        "chat_instance",
                        "1",
                        "data",
                        data)));
    }

    Button buttonOf(String label) {
        var found = shown().messages.reversed().stream()
                .flatMap(message -> message.buttons.stream())
                .filter(button -> button.label().equals(label))
                .findFirst();
        assertThat(found).as("button %s in %s", label, shown()).isPresent();
        return found.get();
    }

    /** The next message of the bot that was not heard so far. */
    String hears() {
        return next(shown().fresh, "a message");
    }

    /** What a message says after it was edited. */
    String reads() {
        return next(shown().edited, "an edit");
    }

    /** What is shown above the chat to who pressed. */
    String notices() {
        return next(shown().notices, "a notice");
    }

    private String next(BlockingQueue<String> queue, String what) {
        try {
            var said = queue.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            assertThat(said)
                    .as("%s in %s; refused so far: %s", what, shown(), telegram.refused())
                    .isNotNull();
            return said;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    List<Message> messages() {
        return List.copyOf(shown().messages);
    }

    /** All that was said and not heard so far. */
    List<String> unheard() {
        return List.copyOf(shown().fresh);
    }

    /** All that was edited and not read so far. */
    List<String> edits() {
        var edits = new ArrayList<String>();
        shown().edited.drainTo(edits);
        return edits;
    }

    void blocks() {
        telegram.blocked(chat);
        telegram.tell(Map.of(
                "my_chat_member",
                Map.of(
                        "chat",
                        shown().shown(),
                        "from",
                        user(),
                        "date",
                        1_700_000_000,
                        "old_chat_member",
                        Map.of("status", "member", "user", FakeTelegram.bot()),
                        "new_chat_member",
                        Map.of("status", "kicked", "user", FakeTelegram.bot(), "until_date", 0))));
    }

    void blocksSilently() {
        telegram.blocked(chat);
    }

    /** The group becomes a supergroup. @return by what it was known before */
    long becomesSupergroup() {
        long from = chat;
        chat = telegram.moved(from);
        return from;
    }

    private Map<String, Object> user() {
        return Map.of("id", person, "is_bot", false, "first_name", "Person", "language_code", language);
    }
}
