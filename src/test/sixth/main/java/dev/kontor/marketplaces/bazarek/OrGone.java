package dev.kontor.marketplaces.bazarek;

import java.util.Optional;
import java.util.function.Function;

import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.exchange.Refusal;
import dev.kontor.marketplaces.exchange.Reply;
import dev.kontor.marketplaces.exchange.Translation;

/** One thing that was asked for by its id. Any other 404 than Bazarek's own says nothing of it. */
record OrGone<T>(Function<Reply, T> found, String goneCode, T gone) implements Translation<T> {

    @Override
    public T read(Reply reply) {
        return found.apply(reply);
    }

    @Override
    public Optional<Answer<T>> refused(Refusal refusal) {
        if (refusal.status() != 404) {
            return Optional.empty();
        }
        return Optional.of(
                refusal.body().path("error").asString("").equals(goneCode)
                        ? new Answer.Ok<>(gone)
                        : new Answer.Unavailable<>("a 404 that does not say what is missing"));
    }
}
