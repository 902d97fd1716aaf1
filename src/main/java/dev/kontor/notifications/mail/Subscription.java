package dev.kontor.notifications.mail;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import dev.kontor.notifications.wishes.Wishes;

/**
 * An address at which a person wants to be told.
 *
 * @param user whom it tells
 * @param token in each mail, for who does not want it any more
 * @param verifiedAt since when it is known to be this person's
 * @param refusedAt when the mail server said for good that it takes nothing for it
 */
public record Subscription(
        UUID id,
        UUID user,
        String address,
        String token,
        Wishes wishes,
        @Nullable Instant verifiedAt,
        @Nullable Instant refusedAt,
        Instant createdAt,
        long version) {

    /** Whether mail goes there. */
    public enum State {
        /** Nothing but a code is sent there. */
        UNVERIFIED,
        ACTIVE,
        /** The mail server takes nothing for it. */
        REFUSED
    }

    public State state() {
        return refusedAt != null ? State.REFUSED : verifiedAt == null ? State.UNVERIFIED : State.ACTIVE;
    }

    /** The address is somebody's. */
    @Override
    public String toString() {
        return "Subscription[" + id + "]";
    }
}
