package dev.kontor.operations;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.kontor.accounts.AccountId;

/** Tells whether the orders of an account come in as they should, and if they do not, why. */
public interface OrderSilence {

    /**
     * @param since when the verdict was given
     * @param silent whether no order came for longer than can be believed
     * @param quietSince when the last order was placed; null while none is known
     * @param expected how many orders should have been placed since then; null while too little is known
     * @param unheard how many orders the marketplace was seen to have without Kontor knowing of them
     * @param unheardSince when the oldest of them was placed; null where there are none
     */
    record Finding(
            Verdict verdict,
            Instant since,
            boolean silent,
            @Nullable Instant quietSince,
            @Nullable Double expected,
            int unheard,
            @Nullable Instant unheardSince) {

        /** The marketplace has orders that do not come to Kontor. */
        public boolean isBroken() {
            return verdict == Verdict.PIPE_BROKEN;
        }

        /**
         * Orders should have come and did not, and not because Kontor does not hear of them.
         *
         * @param holiday for so long nobody may buy although the marketplace answers
         */
        public boolean isMissed(Instant now, Duration holiday) {
            var last = quietSince;
            if (!silent || last == null || expected == null) {
                return false;
            }
            return switch (verdict) {
                case MARKETPLACE_DOWN -> true;
                case QUIET -> Duration.between(last, now).compareTo(holiday) >= 0;
                case UNKNOWN, FLOWING, PIPE_BROKEN -> false;
            };
        }
    }

    /** Empty where nobody listens, because the account or its feed is stopped. */
    Optional<Finding> of(AccountId account);
}
