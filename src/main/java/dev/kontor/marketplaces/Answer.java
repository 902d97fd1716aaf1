package dev.kontor.marketplaces;

import java.time.Instant;
import java.util.function.Function;

/**
 * What a marketplace answered. Everything that is to be expected of a remote system is a case here, so that no caller
 * learns of it by exception.
 */
public sealed interface Answer<T> {

    /** The marketplace did what was asked. */
    record Ok<T>(T value) implements Answer<T> {}

    /**
     * Nothing was sent, or nothing was done, because of a rate limit or because such calls keep failing; worth asking
     * again from {@code until} on.
     */
    record Throttled<T>(Instant until) implements Answer<T> {}

    /** The credentials are not, or no longer, accepted. */
    record Unauthorized<T>(String reason) implements Answer<T> {}

    /** The marketplace understood and refused; asking the same again is pointless. */
    record Rejected<T>(String code, String reason) implements Answer<T> {}

    /** No answer, or a fault on the marketplace's side. Whether a write took effect is unknown. */
    record Unavailable<T>(String reason) implements Answer<T> {}

    /** An answer arrived that cannot be read as a whole. */
    record Malformed<T>(String reason) implements Answer<T> {}

    default <R> Answer<R> map(Function<? super T, ? extends R> mapping) {
        return flatMap(value -> new Ok<>(mapping.apply(value)));
    }

    default <R> Answer<R> flatMap(Function<? super T, Answer<R>> mapping) {
        return switch (this) {
            case Ok<T>(var value) -> mapping.apply(value);
            case Throttled<T>(var until) -> new Throttled<>(until);
            case Unauthorized<T>(var reason) -> new Unauthorized<>(reason);
            case Rejected<T>(var code, var reason) -> new Rejected<>(code, reason);
            case Unavailable<T>(var reason) -> new Unavailable<>(reason);
            case Malformed<T>(var reason) -> new Malformed<>(reason);
        };
    }

    /** What went wrong, for a run or a log line; empty text for {@link Ok}. Holds no personal data and no secret. */
    default String failure() {
        return switch (this) {
            case Ok<T> ignored -> "";
            case Throttled<T>(var until) -> "throttled until " + until;
            case Unauthorized<T>(var reason) -> "unauthorized: " + reason;
            case Rejected<T>(var code, var reason) -> "rejected (" + code + "): " + reason;
            case Unavailable<T>(var reason) -> "unavailable: " + reason;
            case Malformed<T>(var reason) -> "malformed: " + reason;
        };
    }
}
