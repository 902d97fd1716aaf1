package dev.kontor.operations.silence;

/** What a question to a marketplace came to. A name is stable: the database and clients keep it. */
public enum Canary {
    /** It answers, and has nothing that Kontor should know and does not. */
    NOTHING_NEW,
    /** Its log goes on, and the feed stands still although it has asked since. */
    FROZEN,
    /** It lists orders of which the feed should have heard. */
    UNHEARD,
    /** It does not answer, or not in a way that can be read. */
    DOWN,
    /** A limit did not let the question through, which says nothing. */
    HELD,
    /** It does not want to answer this question. */
    REFUSED
}
