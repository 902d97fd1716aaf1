package dev.kontor.inventory.publication;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import dev.kontor.inventory.PlanId;
import dev.kontor.inventory.allocation.Step.Kind;

/**
 * What separates the number that buyers are shown from the one that a listing is to show.
 *
 * @param quantity by how much more is shown; 0 where that is not known
 * @param since when it is so; of what was read when it was read
 * @param plan that holds the change
 * @param command of the write under way, or of the one that was in vain
 * @param state how far that had come
 * @param reason why it was in vain
 */
public record Difference(
        Kind kind,
        long quantity,
        @Nullable Instant since,
        @Nullable PlanId plan,
        @Nullable UUID command,
        @Nullable State state,
        @Nullable String reason) {

    static Difference of(Kind kind, long quantity, @Nullable Instant since) {
        return new Difference(kind, quantity, since, null, null, null, null);
    }
}
