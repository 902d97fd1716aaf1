package dev.kontor.notifications.webhooks;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * One message on its way to one endpoint.
 *
 * @param nextAt when it is tried next, at the earliest; null where it is not
 */
public record Delivery(
        long id,
        EndpointId endpoint,
        UUID message,
        MessageType type,
        Instant timestamp,
        State state,
        int attempts,
        @Nullable Instant nextAt,
        Instant createdAt,
        @Nullable Instant doneAt) {

    /** Where it stands. */
    public enum State {
        /** It is to be sent, or sent again. */
        PENDING,
        DELIVERED,
        /** It was refused for as long as Kontor tries. */
        GIVEN_UP
    }
}
