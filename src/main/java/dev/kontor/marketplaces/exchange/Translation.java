package dev.kontor.marketplaces.exchange;

import java.util.Optional;

import dev.kontor.marketplaces.Answer;

/** What an adapter makes of the JSON that came back. */
@FunctionalInterface
public interface Translation<T> {

    /** @throws UnreadableReply when the answer as a whole makes no sense */
    T read(Reply reply);

    /** What a refusal means here; empty for what it usually means. */
    default Optional<Answer<T>> refused(Refusal refusal) {
        return Optional.empty();
    }
}
