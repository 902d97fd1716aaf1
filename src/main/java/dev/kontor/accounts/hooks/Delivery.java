package dev.kontor.accounts.hooks;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import dev.kontor.accounts.AccountId;
import dev.kontor.marketplaces.Push.Hint;

/**
 * A hint that came in, and what became of it.
 *
 * @param reason why it was dropped or failed, without personal data; null where there is nothing to say
 * @param attempts how often it was announced
 * @param processedAt null while it was not
 */
public record Delivery(
        UUID id,
        AccountId account,
        Hint hint,
        Instant receivedAt,
        State state,
        @Nullable String reason,
        int attempts,
        @Nullable Instant processedAt) {

    public enum State {
        RECEIVED,
        PROCESSED,
        /** Tried in vain; the account's loops find what it told of all the same. */
        FAILED,
        /** Nothing was to be done. */
        DROPPED
    }

    static Delivery received(AccountId account, Hint hint, Instant at) {
        return new Delivery(UUID.randomUUID(), account, hint, at, State.RECEIVED, null, 1, null);
    }

    Delivery dropped(String why) {
        return new Delivery(id, account, hint, receivedAt, State.DROPPED, why, 0, null);
    }
}
