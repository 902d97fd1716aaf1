package dev.kontor.operations.silence;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.kontor.accounts.AccountId;
import dev.kontor.operations.OrderSilence.Finding;
import dev.kontor.operations.Verdict;

/**
 * What is known of an account's silence.
 *
 * @param learntAt when the rhythm was learnt last
 */
public record Silence(
        AccountId account, Asked asked, @Nullable Instant learntAt, Judgement judgement) {

    /**
     * What the canary found, and has to remember.
     *
     * @param at when it was asked; null where it never was
     * @param error one sentence without personal data
     * @param comparedTo orders placed before were compared
     * @param behind where the feed stood while the log ended elsewhere, and since when; null where it did not
     * @param broken where the feed stood when the pipe was found broken; null while it is not
     * @param unheard orders that were listed and not known, as far as it looked
     * @param unheardSince when the oldest of them was placed
     */
    public record Asked(
            @Nullable Instant at,
            @Nullable Canary found,
            @Nullable String error,
            @Nullable Instant comparedTo,
            @Nullable Place behind,
            @Nullable Place broken,
            int unheard,
            @Nullable Instant unheardSince) {

        static final Asked NEVER = new Asked(null, null, null, null, null, null, 0, null);
    }

    /** @param position empty at the beginning of a log */
    public record Place(String position, Instant at) {}

    /**
     * @param at since when the verdict is this one
     * @param quietSince when the last order was placed
     * @param expected how many should have been since; null while too little is known
     * @param chance of none since; null while too little is known
     */
    public record Judgement(
            Verdict verdict,
            Instant at,
            boolean silent,
            @Nullable Instant quietSince,
            @Nullable Double expected,
            @Nullable Double chance) {}

    /** What others need to know of it. */
    Finding finding() {
        return new Finding(
                judgement.verdict,
                judgement.at,
                judgement.silent,
                judgement.quietSince,
                judgement.expected,
                asked.unheard,
                asked.unheardSince);
    }
}
