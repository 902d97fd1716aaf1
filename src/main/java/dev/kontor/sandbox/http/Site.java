package dev.kontor.sandbox.http;

/** A part of the server: answers what lies under its prefix, or lets the line break. */
public interface Site {

    /** What a request met: an answer with the way it travels, counted under a pattern. */
    record Outcome(String pattern, Reply reply, Delivery delivery) {}

    /** How an answer reaches the client. */
    enum Delivery {
        WHOLE,
        /** The connection breaks without a byte. */
        LOST,
        /** The connection breaks in the middle of the body. */
        TRUNCATED
    }

    String prefix();

    Outcome answer(Call call) throws Exception;
}
