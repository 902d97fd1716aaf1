package dev.kontor.marketplaces;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import org.jmolecules.architecture.hexagonal.SecondaryPort;
import org.jspecify.annotations.Nullable;

/**
 * Understands what a marketplace sends of its own accord. Whoever sends may be anybody, so nothing of a request is
 * believed before its signature was checked; and what was is only a {@link Hint} to go and read.
 */
@SecondaryPort
public interface Push {

    /** Checks and decodes a request. Asks nobody and keeps nothing. */
    Reading read(Request request);

    /** How long the marketplace waits for an answer before it tells the same again; empty where it does not say. */
    default Optional<Duration> patience() {
        return Optional.empty();
    }

    /** A request as it arrived, before anything was made of it. */
    record Request(Map<String, List<String>> headers, byte[] body, Instant receivedAt) {

        @Override
        public String toString() {
            return "Request[" + body.length + " bytes at " + receivedAt + "]";
        }
    }

    /** What a request proved to be. */
    sealed interface Reading {

        /** @param seller whom it is about, by the {@linkplain Seller#id id} that he was connected with */
        record Genuine(String seller, List<Hint> hints) implements Reading {
            public Genuine {
                hints = List.copyOf(hints);
            }
        }

        /** @param reason for people who look for the cause; holds nothing of the request */
        record Refused(Cause cause, String reason) implements Reading {}
    }

    enum Cause {
        /** Nothing to check signatures with is set. */
        UNPREPARED,
        /** Not what this marketplace sends, whoever sent it. */
        FORM,
        SIGNATURE,
        /** Meant for another application. */
        APPLICATION,
        AGE
    }

    /** What a hint is about, and so who acts on it. */
    enum Subject {
        ORDER,
        /** What a listing is, or whether it is still there. */
        LISTING,
        /** How many of a listing there are. */
        STOCK,
        /** The seller may have taken his permission back. */
        PERMISSION,
        /** Personal data of an order were erased at the marketplace. */
        ERASURE,
        /** Nothing that Kontor acts on. */
        OTHER
    }

    /**
     * Something changed, says the marketplace; maybe twice, late, or after what happened next.
     *
     * @param id the same however often it is sent
     * @param type the marketplace's own word for what happened
     * @param about the external id of an order, of a listing, or of the product whose variants are listings; null where
     *     none is named, which is never so of an order
     * @param sequence null where the marketplace does not count
     * @param changedAt the order's own time of change as the marketplace tells it; null where it tells none. What was read
     *     with that time or a later one has the change in it.
     * @param sign what it tells of a sale; null where it tells too little, or of no sale. It is not kept with the hint.
     */
    record Hint(
            String id,
            Subject subject,
            String type,
            @Nullable String about,
            @Nullable Sequence sequence,
            Instant occurredAt,
            @Nullable Instant changedAt,
            @Nullable FirstSign sign) {

        public Hint(
                String id,
                Subject subject,
                String type,
                @Nullable String about,
                @Nullable Sequence sequence,
                Instant occurredAt) {
            this(id, subject, type, about, sequence, occurredAt, null, null);
        }

        /** @throws IllegalArgumentException for names that no marketplace gives and no database has to keep */
        public Hint {
            Sequence.check(id);
            Sequence.check(type);
            if (about != null) {
                Sequence.check(about);
            } else if (subject == Subject.ORDER || subject == Subject.ERASURE) {
                throw new IllegalArgumentException("a hint about no order");
            }
        }
    }

    /** The number of a change among all changes of one thing, which the marketplace numbers upwards. */
    record Sequence(String of, long number) {

        private static final Pattern NAME = Pattern.compile("[!-~]{1,300}");

        public Sequence {
            check(of);
        }

        private static void check(String name) {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("a name in a hint is empty, too long or unreadable");
            }
        }
    }
}
