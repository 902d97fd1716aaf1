package dev.kontor.inventory.plans;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.kontor.inventory.PlanId;

/**
 * Listings that would show something else together.
 *
 * @param subject the account or the source
 * @param listings how many there are or were
 * @param held how many of them still wait
 */
public record Plan(
        PlanId id,
        Cause cause,
        String subject,
        State state,
        long listings,
        long held,
        Instant openedAt,
        @Nullable String decidedBy,
        @Nullable Instant decidedAt,
        @Nullable String note) {

    public enum Cause {
        /** Too many of an account's listings at once. */
        ZEROES,
        /** Of what somebody counted, too much is far from what was there. */
        SOURCE
    }

    public enum State {
        OPEN,
        APPROVED,
        /** The listings stay as they are until something else is said of their stock. */
        REJECTED,
        /** Nothing of it is wanted any more. */
        OBSOLETE
    }
}
