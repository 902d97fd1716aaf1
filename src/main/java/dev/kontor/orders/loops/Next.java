package dev.kontor.orders.loops;

import java.time.Instant;

/** When a loop wants its next turn. */
public sealed interface Next {

    /** After the account's interval. */
    record Regular() implements Next {}

    /** There is more to do. */
    record AtOnce() implements Next {}

    /** Not before that time, which the marketplace or the loop's plan demands. */
    record NotBefore(Instant at) implements Next {}

    /** There was nothing to do, nothing was asked, and no run is worth noting; the same again then. */
    record Idle(Instant until) implements Next {}
}
