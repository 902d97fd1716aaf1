package dev.kontor.access.attempts;

import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How much may fail.
 *
 * @param failures that may follow upon each other
 * @param oneMoreAfter until one of them is forgotten, so that every refusal ends by itself
 */
record Allowance(String name, int failures, Duration oneMoreAfter) {

    Duration whole() {
        return oneMoreAfter.multipliedBy(failures);
    }

    Counter of(Object... whose) {
        return new Counter(
                this,
                Stream.concat(Stream.of(name), Stream.of(whose))
                        .map(String::valueOf)
                        .collect(Collectors.joining(" ")));
    }
}
