package dev.kontor.audit.chain;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * What became of the chain.
 *
 * @param links how many there are
 * @param unsealed entries that no link is about yet; more than a few, or the same ones for long, are a sign that nobody seals
 * @param broken how many links or entries are not what they should be
 * @param first of these, in the order of the chain
 * @param head to be kept elsewhere and given to a later verification
 */
public record Verdict(
        long links,
        long unsealed,
        long broken,
        @Nullable Break first,
        @Nullable Head head,
        Instant verifiedAt) {

    /** What is wrong at a place. */
    public enum Kind {
        ENTRY_CHANGED("the entry is not what Kontor wrote"),
        ENTRY_REMOVED("the entry is missing"),
        ENTRY_INSERTED("the entry was not written by Kontor, or was changed before it was sealed"),
        LINK_CHANGED("the link does not follow from the one before it and its entry"),
        LINK_REMOVED("the link is missing"),
        HEAD_CHANGED("the link is another one than the head that was given"),
        TAIL_REMOVED("the chain ends before the head that was given");

        private final String meaning;

        Kind(String meaning) {
            this.meaning = meaning;
        }

        public String meaning() {
            return meaning;
        }
    }

    /**
     * A place where the chain does not hold.
     *
     * @param sequence of the link; absent for an entry that has none
     * @param entry where it is known
     */
    public record Break(
            Kind kind, @Nullable Long sequence, @Nullable UUID entry) {}

    public boolean intact() {
        return first == null;
    }
}
