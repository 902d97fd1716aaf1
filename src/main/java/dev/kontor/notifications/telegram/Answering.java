package dev.kontor.notifications.telegram;

import java.time.Duration;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Handles what came in, one after the other in each chat. What is done has a key of its own and changes nothing when it is
 * done again; the answer and the note that it was handled are one transaction. So after a crash it is done over, to the same
 * effect.
 */
@WithBot
class Answering {

    private static final Logger log = LoggerFactory.getLogger(Answering.class);
    private static final Duration LEASE = Duration.ofMinutes(2);

    private final Updates updates;
    private final Conversation conversation;
    private final Replies replies;
    private final TransactionOperations transaction;

    Answering(Updates updates, Conversation conversation, Replies replies, TransactionOperations transaction) {
        this.updates = updates;
        this.conversation = conversation;
        this.replies = replies;
        this.transaction = transaction;
    }

    /** @return whether there was anything */
    boolean one() {
        var claimed = updates.claim(LEASE);
        claimed.ifPresent(this::answer);
        return claimed.isPresent();
    }

    private void answer(Updates.Claimed claimed) {
        var incoming = claimed.incoming();
        try {
            var said = conversation.answer(incoming);
            transaction.executeWithoutResult(_ -> {
                if (updates.handled(incoming.update())) {
                    replies.say(incoming, said);
                }
            });
        } catch (RuntimeException e) {
            failed(claimed, e);
        }
    }

    private void failed(Updates.Claimed claimed, RuntimeException e) {
        var update = claimed.incoming().update();
        if (claimed.attempt() < Updates.MOST_ATTEMPTS) {
            log.warn( // its message may have what somebody wrote
                    "Update {} of Telegram is tried again: {}",
                    update,
                    e.getClass().getSimpleName());
            updates.again(update, Duration.ofSeconds(2L << claimed.attempt()));
        } else {
            log.error(
                    "Update {} of Telegram could not be handled: {}",
                    update,
                    e.getClass().getSimpleName());
            transaction.executeWithoutResult(_ -> {
                if (updates.handled(update)) {
                    replies.say(claimed.incoming(), conversation.sorry(claimed.incoming()));
                }
            });
        }
    }
}
