package dev.kontor.access.keys;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

import dev.kontor.access.ApiKeyExpiryAnnounced;

/** Tells whoever watches the log that a program will soon be locked out, by the key's id alone. */
@Component
class ExpiryLog {

    private static final Logger log = LoggerFactory.getLogger(ExpiryLog.class);

    @TransactionalEventListener
    void on(ApiKeyExpiryAnnounced event) {
        log.warn(
                "API key {} expires at {}, within {}; rotate it before (POST /api/v1/api-keys/{}/rotate)",
                event.key(),
                event.expiresAt(),
                event.days() == 1 ? "a day" : event.days() + " days",
                event.key());
    }
}
