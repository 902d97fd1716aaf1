package dev.kontor.sandbox.world;

/** What can go wrong, each with a probability of its own. */
public enum Fault {
    /** 429 without {@code Retry-After}. */
    TOO_MANY_REQUESTS,
    /** 429 with {@code Retry-After}. */
    TOO_MANY_REQUESTS_RETRY_AFTER,
    /** 500 with an HTML page for a body. */
    SERVER_ERROR,
    /** 503. */
    UNAVAILABLE,
    /** The request is accepted and never answered. */
    TIMEOUT,
    /** The request takes effect, then the connection breaks. */
    ANSWER_LOST,
    /** The body ends before its announced length. */
    TRUNCATED,
    /** The answer takes its time. */
    SLOW,
    /** The seller's session is revoked by this very request. */
    TOKEN_REVOKED,

    /** A change of stock that is told as done and does nothing. */
    SILENT_NO_OP,
    /** A change of stock that happens some minutes later, over what was changed meanwhile. */
    OUT_OF_ORDER,
    /** A change of stock that hangs for most of an hour. */
    STUCK_COMMAND,

    /** An order whose document breaks the description; stays so until repaired. Offers are so while the fault lasts. */
    MALFORMED,
    /** An order with a status nobody has heard of. */
    UNKNOWN_STATUS,
    /** An order with fields nobody has heard of. */
    UNKNOWN_FIELD,

    /** An event that appears twice. */
    DUPLICATE_EVENT,
    /** An event that is logged after its successor. */
    REORDERED_EVENT,
    /** An event that is logged up to half an hour late. */
    LATE_EVENT,
    /** An event that never appears. */
    LOST_EVENT,
    /** Allegro's log tells of nothing while this lasts, though it says where it ends, and orders are listed. */
    FROZEN_LOG
}
