package dev.kontor.marketplaces.exchange;

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

    /** What a refusal means here; empty for what it usually means. */
    default Optional<Answer<T>> refused(Refusal refusal) {
        return Optional.empty();
    }
}
