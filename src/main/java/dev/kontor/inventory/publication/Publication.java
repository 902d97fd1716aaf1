package dev.kontor.inventory.publication;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import dev.kontor.accounts.AccountId;
import dev.kontor.inventory.ListingId;
import dev.kontor.marketplaces.StockWriter.Change;
import dev.kontor.marketplaces.StockWriter.Kind;

/**
 * What a listing is to show and what is known of it.
 *
 * @param externalId the marketplace's id
 * @param desired what it is to show, null where it is nobody's business
 * @param guarded whether its exposure counts against what there is
 * @param expected units that are shown or sold unseen, if every write did what it said; null before the first reading
 * @param exposure the most units that it can still sell without Kontor knowing
 * @param reading what was shown at {@code readingAt}, less the sales that are known since; null where a write came after
 * @param era a reading that began in an earlier one does not count
 * @param shown the latest number that was read
 * @param revision under which it was read
 * @param readWanted whether a look at it is due
 * @param wantedAt a reading of how it was before then does not end that wish
 * @param command the write under way
 * @param sent the write under way, or the last one
 * @param attempts writes in a row that did not bring what they were to bring
 */
record Publication(
        ListingId listing,
        AccountId account,
        String externalId,
        @Nullable Long desired,
        boolean guarded,
        @Nullable Long expected,
        long exposure,
        long excess,
        @Nullable Long reading,
        @Nullable Instant readingAt,
        long era,
        @Nullable Long shown,
        @Nullable String revision,
        boolean readWanted,
        Instant wantedAt,
        State state,
        @Nullable UUID command,
        @Nullable Sent sent,
        @Nullable String ticket,
        int attempts) {

    /** A further reading might say more than the one that is there; one after a write always does. */
    boolean worthReading(Instant now) {
        return readWanted && (readingAt == null || !wantedAt.isAfter(now));
    }

    /** In which everybody locks several. */
    static final Comparator<Publication> ORDER =
            Comparator.comparing(row -> row.listing().toString());

    /**
     * @param quantity of an absolute or conditional write what is to be shown, of a relative one the difference
     * @param finalAt from then on it can no longer take effect
     */
    record Sent(
            Kind kind,
            long quantity,
            boolean reactivate,
            @Nullable String revision,
            Instant at,
            Instant finalAt) {

        /** After so long nobody waits any more for a write alone. */
        private static final Duration PATIENCE = Duration.ofMinutes(1);

        boolean slow(Instant now) {
            return now.isAfter(at.plus(PATIENCE));
        }

        Change change(String listing) {
            int value = Math.toIntExact(quantity);
            return switch (kind) {
                case ABSOLUTE -> new Change.Absolute(listing, value, reactivate);
                case RELATIVE -> new Change.Relative(listing, value);
                case CONDITIONAL -> new Change.Conditional(listing, value, revision == null ? "" : revision);
            };
        }
    }
}
