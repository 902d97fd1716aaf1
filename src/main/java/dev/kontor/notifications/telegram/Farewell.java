package dev.kontor.notifications.telegram;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Chats that end, or go on as another one. */
@Component
class Farewell {

    private final Chats chats;
    private final Outbox outbox;
    private final Updates updates;

    Farewell(Chats chats, Outbox outbox, Updates updates) {
        this.chats = chats;
        this.outbox = outbox;
        this.updates = updates;
    }

    /** Nobody there wants to hear of anything. */
    @Transactional
    public void blocked(long chat) {
        chats.find(chat).ifPresent(chats::unpair);
        outbox.drop(chat, "the bot is not wanted there");
    }

    /** What waits is said there; what was said before cannot be edited any more. */
    @Transactional
    public void moved(long from, long to) {
        chats.move(from, to);
        outbox.move(from, to);
        updates.move(from, to);
    }
}
