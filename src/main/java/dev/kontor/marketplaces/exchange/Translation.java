package dev.kontor.marketplaces.exchange;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

import org.springframework.http.HttpHeaders;

import dev.kontor.marketplaces.Answer;

/** What an adapter makes of the JSON that came back. */
@FunctionalInterface
public interface Translation<T> {

    /** @throws UnreadableReply when the answer as a whole makes no sense */
    T read(Reply reply);

    /** How many calls a minute an answer says are permitted now out of the budgets of its call; empty where it does not. */
    default OptionalDouble perMinute(HttpHeaders headers) {
        return OptionalDouble.empty();
    }

    /** How long nothing is called after a 429 that does not say it; empty where the usual minute is right. */
    default Optional<Duration> silence() {
        return Optional.empty();
    }

    /** What a refusal means here; empty for what it usually means. */
    default Optional<Answer<T>> refused(Refusal refusal) {
        return Optional.empty();
    }
}
