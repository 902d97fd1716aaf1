package dev.kontor.notifications.webhooks;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What came of sending a message once. What was answered beside the status is not kept.
 *
 * @param status where there was an answer
 * @param retryAfter how long the receiver asks to be left in peace, if it does
 */
public record Attempt(
        Instant at,
        Result result,
        @Nullable Integer status,
        Duration latency,
        @Nullable Duration retryAfter) {

    public enum Result {
        /** A status from 200 to 299. */
        TAKEN,
        /** Another status; redirects are not followed. */
        REFUSED,
        /** No answer in time. */
        TIMEOUT,
        /** No connection, or one that broke. */
        UNREACHABLE,
        /** It does not prove to be who its address says. */
        UNTRUSTED,
        /** The address leads where nobody may be called. */
        NOT_PERMITTED
    }

    private static final int GONE = 410;
    private static final int TOO_MANY = 429;

    boolean isTaken() {
        return result == Result.TAKEN;
    }

    boolean isGone() {
        return status != null && status == GONE;
    }

    /** Whether it says something about the endpoint, and not only about this message. */
    boolean isTrouble() {
        return !isTaken() && (status == null || status == TOO_MANY || status >= 500);
    }
}
