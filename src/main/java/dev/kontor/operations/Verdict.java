package dev.kontor.operations;

/** What a look at an account's orders came to. A name is stable: the database and clients keep it. */
public enum Verdict {
    /** Nobody could be asked yet, or the marketplace refuses the question. */
    UNKNOWN,
    /** The marketplace has nothing that Kontor does not know, and orders come as they should. */
    FLOWING,
    /** The same, but for longer than can be believed there was no order: nobody buys. */
    QUIET,
    /** The marketplace does not answer. */
    MARKETPLACE_DOWN,
    /** The marketplace has orders, or news of them, that Kontor does not hear of although it listens. */
    PIPE_BROKEN
}
