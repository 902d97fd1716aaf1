package dev.kontor.inventory.plans;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.kontor.inventory.PlanId;

/**
 * Listings that would be set to zero together.
 *
 * @param subject the account or the source
 * @param listings how many there are or were
 * @param held how many of them still are as they were
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
        /** Whoever counted says something that is hard to believe. */
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
