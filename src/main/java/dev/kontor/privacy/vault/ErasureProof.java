package dev.kontor.privacy.vault;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * The record of an erasure. It stays for ever and says nothing personal.
 *
 * @param askedBy the person or the API key on whose word it was done; null for what Kontor did by itself
 * @param completedAt null while it is not done everywhere
 * @param documents how many documents held personal data, and hold none since
 * @param deposits how many versions of them were deleted
 * @param words how many entries of search indexes were deleted
 * @param keyGeneration of the file of keys, from which on it has no way to the buyer's key; copies of an earlier one must
 *     be destroyed
 */
public record ErasureProof(
        UUID buyer,
        UUID account,
        Cause cause,
        @Nullable UUID askedBy,
        Instant decidedAt,
        @Nullable Instant completedAt,
        long documents,
        long deposits,
        long words,
        @Nullable Long keyGeneration) {

    public enum Cause {
        /** Somebody asked for it. */
        REQUEST,
        /** The time was up for which personal data of the account are kept. */
        RETENTION,
        /** The buyer had been erased before, and came back with an older copy of the database. */
        RESTORED_COPY
    }

    /** Why buyers are erased and on whose word. */
    record Reason(Cause cause, @Nullable UUID askedBy) {
        static final Reason RETENTION = new Reason(Cause.RETENTION, null);
        static final Reason RESTORED_COPY = new Reason(Cause.RESTORED_COPY, null);
    }

    /**
     * What is so at the moment, looked up anew.
     *
     * @param keyDestroyed whether no tree in the file leads to the buyer's any more
     * @param depositsLeft how many encrypted versions there are
     * @param wordsLeft how many entries of search indexes there are
     * @param documentsClosed how many documents refuse personal data from now on
     */
    public record Check(Instant at, boolean keyDestroyed, long depositsLeft, long wordsLeft, long documentsClosed) {}
}
