package dev.kontor.marketplaces.exchange;

import dev.kontor.marketplaces.Answer;

/** What one attempt amounts to. */
sealed interface Verdict<T> {

    Answer<T> answer();

    record Settled<T>(Answer<T> answer) implements Verdict<T> {}

    /**
     * Another attempt may do better.
     *
     * @param atOnce whether waiting would not help
     */
    record Transient<T>(Answer<T> answer, boolean atOnce) implements Verdict<T> {}
}
