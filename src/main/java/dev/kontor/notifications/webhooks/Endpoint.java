package dev.kontor.notifications.webhooks;

import java.net.URI;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * An address that messages are sent to.
 *
 * @param url which may hold what only its owner should know
 * @param personalData whether its messages carry what the marketplace tells of buyers
 * @param failingSince since when it took nothing of what it was sent, if so
 * @param version grows with what people change, and when Kontor disables it
 */
public record Endpoint(
        EndpointId id,
        URI url,
        String description,
        List<MessageType> kinds,
        boolean personalData,
        @Nullable Disabled disabled,
        @Nullable Instant disabledAt,
        @Nullable Instant failingSince,
        int failures,
        Instant createdAt,
        long version) {

    /** Why nothing is sent to it. */
    public enum Disabled {
        /** Somebody wants it so. */
        PERSON,
        /** It answered that it is gone. */
        GONE,
        /** It took nothing for days. */
        FAILING
    }

    public Endpoint {
        kinds = List.copyOf(kinds);
    }

    public boolean enabled() {
        return disabled == null;
    }

    @Override
    public String toString() {
        return "Endpoint[" + id + " at " + url.getHost() + "]";
    }
}
