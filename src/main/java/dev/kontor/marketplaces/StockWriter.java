package dev.kontor.marketplaces;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.jmolecules.architecture.hexagonal.SecondaryPort;
import org.jspecify.annotations.Nullable;

/**
 * Tells a marketplace how many of each listing it may sell. Callers ask {@link #terms} what it can do for an account,
 * write one change per listing at a time, and believe in nothing but a {@linkplain #read reading}.
 */
@SecondaryPort
public interface StockWriter {

    /** What {@link #terms} may say; a single one where all accounts are alike. Asks nobody. */
    List<Terms> possibleTerms();

    /**
     * What the marketplace permits this account. May change during its life, when the marketplace moves it to another
     * system; where that can be, the marketplace is asked now and then, otherwise nobody.
     */
    Answer<Terms> terms(Connection connection);

    /**
     * Divides changes into groups that can each travel as one {@link Command}, in the order in which they were given.
     * Asks nobody. No two changes of one group are of the same listing.
     */
    List<List<Change>> groups(Collection<? extends Change> changes);

    /**
     * When this much time has passed since the command was sent, and it was never answered or never reported a final
     * state, it can no longer take effect; at most {@link Terms#longestDelay}.
     */
    default Duration longestDelay(Command command) {
        return possibleTerms().stream()
                .map(Terms::longestDelay)
                .max(Duration::compareTo)
                .orElseThrow();
    }

    /**
     * Whether a command with this change takes effect once however often it is sent under its id. One that does not must
     * be counted like another command when it is sent again, and what became of the first is found out by a reading.
     */
    boolean repeatable(Change change);

    /**
     * Sends a command.
     *
     * <p>{@link Answer.Ok} holds an outcome for every listing of the command. {@link Answer.Rejected},
     * {@link Answer.Throttled} and {@link Answer.Unauthorized} mean that nothing took effect or ever will. After
     * {@link Answer.Unavailable} and {@link Answer.Malformed} it may have, or may do so within {@link #longestDelay}.
     *
     * <p>A quantity of what the marketplace itself keeps and sends is refused, see {@link FulfilledStock}.
     */
    Answer<Map<String, Outcome>> write(Command command, Connection connection);

    /**
     * What became of a command that was sent, also of one whose answer got lost. Where a marketplace tells nothing of its
     * commands, one that the listing shows to be done is applied, and any other is still to be.
     *
     * @param ticket of {@link Outcome.Accepted}, null where none is known
     */
    Answer<Map<String, Outcome>> state(Command command, @Nullable String ticket, Connection connection);

    /** What buyers are shown now, for at most {@link Terms#readSize} listings. */
    Answer<Map<String, Reading>> read(Collection<String> listings, Connection connection);

    /** The ways in which a quantity can be written. */
    enum Kind {
        ABSOLUTE,
        RELATIVE,
        CONDITIONAL
    }

    /**
     * What the marketplace permits and promises.
     *
     * @param groupSize how many changes a command may hold
     * @param readSize how many listings one reading may ask for
     * @param later whether a command may be accepted now and carried out later, so that its state has to be asked for
     * @param minimumInterval how much time has to pass between two writes to one listing
     * @param longestDelay the longest for any command, see {@link StockWriter#longestDelay}
     * @param readingLag how old what a reading shows may be: one that is asked for this long after a write was applied
     *     verifies it, and so does one whose {@link Reading.Shown#asOf} is not before the write
     * @param zero whether an absolute write of zero is possible
     * @param endsAtZero whether a listing ends when nothing is left, and comes back only by an
     *     {@linkplain Change.Absolute#reactivate absolute write that says so}
     */
    record Terms(
            Set<Kind> kinds,
            int groupSize,
            int readSize,
            boolean later,
            Duration minimumInterval,
            Duration longestDelay,
            Duration readingLag,
            boolean zero,
            boolean endsAtZero) {
        public Terms {
            kinds = Set.copyOf(kinds);
        }
    }

    /** What one listing's quantity is to become. */
    sealed interface Change {
        String listing();

        Kind kind();

        /**
         * The last writer wins.
         *
         * @param reactivate whether a listing that had ended is to be on sale again; never with zero
         */
        record Absolute(String listing, int quantity, boolean reactivate) implements Change {
            public Absolute {
                if (quantity < 0 || (reactivate && quantity == 0)) {
                    throw new IllegalArgumentException("listing " + listing + " cannot show " + quantity);
                }
            }

            @Override
            public Kind kind() {
                return Kind.ABSOLUTE;
            }
        }

        /** Safe against sales that happen meanwhile. */
        record Relative(String listing, int difference) implements Change {
            public Relative {
                if (difference == 0) {
                    throw new IllegalArgumentException("no change of listing " + listing);
                }
            }

            @Override
            public Kind kind() {
                return Kind.RELATIVE;
            }
        }

        /**
         * Takes effect only if the listing still has the revision that was read with its quantity. Once a fresh reading
         * shows another revision, it cannot take effect any more.
         */
        record Conditional(String listing, int quantity, String revision) implements Change {
            public Conditional {
                if (quantity < 0) {
                    throw new IllegalArgumentException("listing " + listing + " cannot show " + quantity);
                }
            }

            @Override
            public Kind kind() {
                return Kind.CONDITIONAL;
            }
        }
    }

    /** @param id chosen by the caller and kept before sending: under it the command takes effect once */
    record Command(UUID id, List<Change> changes) {
        public Command {
            changes = List.copyOf(changes);
        }
    }

    /** What became of a change. */
    sealed interface Outcome {

        /**
         * The marketplace says that it is done.
         *
         * @param shown what the listing showed when it was asked itself, so that it need not be read once more; null where
         *     something else told
         */
        record Applied(Reading.@Nullable Shown shown) implements Outcome {
            public Applied() {
                this(null);
            }
        }

        /**
         * The marketplace will do it; ask {@link StockWriter#state}.
         *
         * @param ticket to ask with, null where the command's id is enough
         */
        record Accepted(@Nullable String ticket) implements Outcome {}

        /** It did not take effect and never will. */
        record Rejected(String code, String reason) implements Outcome {}

        /** It did not take effect and never will; the same change may be sent from then on, as a new command. */
        record Postponed(Instant until) implements Outcome {}

        /** It can no longer take effect, if it did not; nobody can tell whether it did. */
        record Over(String reason) implements Outcome {}

        /** Nobody can tell. It may take effect until {@link StockWriter#longestDelay} has passed. */
        record Unknown(String reason) implements Outcome {}
    }

    /** What buyers are shown of one listing. */
    sealed interface Reading {

        /**
         * @param quantity none where the listing has ended, whatever number it still carries
         * @param revision to write under, null where the marketplace has none
         * @param asOf it was like this at this instant or later
         */
        record Shown(int quantity, @Nullable String revision, Instant asOf) implements Reading {}

        /** The marketplace has no such listing (any more). */
        record Gone() implements Reading {}

        record Unreadable(String reason) implements Reading {}
    }
}
