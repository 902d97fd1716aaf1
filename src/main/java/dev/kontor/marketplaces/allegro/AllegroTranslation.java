package dev.kontor.marketplaces.allegro;

import java.util.Optional;
import java.util.Set;

import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.exchange.Refusal;
import dev.kontor.marketplaces.exchange.Reply;
import dev.kontor.marketplaces.exchange.Translation;

/** Gives refusals Allegro's own code. Of its texts nothing is handed on: they quote tokens and values. */
record AllegroTranslation<T>(Translation<T> translation) implements Translation<T> {

    private static final Set<String> NO_SUCH_OFFER = Set.of("OfferNotFoundException", "NOT_FOUND");

    @Override
    public T read(Reply reply) {
        return translation.read(reply);
    }

    @Override
    public Optional<Answer<T>> refused(Refusal refusal) {
        return translation.refused(refusal).or(() -> Optional.of(usual(refusal)));
    }

    private static <T> Answer<T> usual(Refusal refusal) {
        var code = code(refusal);
        return refusal.status() == 401
                ? new Answer.Unauthorized<>("Allegro does not accept the access token (" + code + ")")
                : new Answer.Rejected<>(code, "Allegro refused with status " + refusal.status());
    }

    /** The API's errors come in a list, those of authorization alone. */
    static String code(Refusal refusal) {
        var body = refusal.body();
        var code = body.path("errors")
                .path(0)
                .path("code")
                .asString(body.path("error").asString(""));
        return plain(code, "HTTP_" + refusal.status());
    }

    /** A code as it came, if it is one. */
    static String plain(String code, String otherwise) {
        return code.matches("[A-Za-z0-9_.-]{1,80}") ? code : otherwise;
    }

    static boolean saysNoSuchOffer(Refusal refusal) {
        return refusal.status() == 404 && NO_SUCH_OFFER.contains(code(refusal));
    }

    /** A gateway, or a wrong address, answers 404 as well, and says nothing about what was asked for. */
    static <T> Optional<Answer<T>> vague404(Refusal refusal) {
        return refusal.status() == 404
                ? Optional.of(new Answer.Unavailable<>("a 404 that does not say what is missing"))
                : Optional.empty();
    }
}
