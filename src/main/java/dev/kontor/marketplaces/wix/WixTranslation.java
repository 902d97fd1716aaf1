package dev.kontor.marketplaces.wix;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.exchange.Refusal;
import dev.kontor.marketplaces.exchange.Reply;
import dev.kontor.marketplaces.exchange.Translation;

/** Gives refusals Wix's own code. Of its texts nothing is handed on: they quote values. */
record WixTranslation<T>(Translation<T> translation) implements Translation<T> {

    private static final int PERMISSION_MISSING = 403;
    private static final int OTHER_CATALOG = 428;
    private static final String CATALOG_VERSION = "CATALOG_VERSION";

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
        return switch (refusal.status()) {
            case 401 -> new Answer.Unauthorized<>("Wix does not accept the token or key (" + code + ")");
            case PERMISSION_MISSING ->
                new Answer.Rejected<>(code, "the token or key lacks a permission, or is another site's (" + code + ")");
            case OTHER_CATALOG ->
                new Answer.Rejected<>(
                        CATALOG_VERSION, "the site does not run the catalog that was asked (" + code + ")");
            default -> new Answer.Rejected<>(code, "Wix refused with status " + refusal.status());
        };
    }

    /** Whether the site runs another catalog than the one that was asked. */
    static boolean otherCatalog(Answer<?> answer) {
        return answer instanceof Answer.Rejected<?>(var code, var ignored) && code.equals(CATALOG_VERSION);
    }

    /** A gateway, or a wrong address, answers 404 as well, and says nothing about what was asked for. */
    static <T> Optional<Answer<T>> gone(Refusal refusal, Supplier<T> value) {
        if (refusal.status() != 404) {
            return Optional.empty();
        }
        return Optional.of(
                code(refusal).equals("HTTP_404")
                        ? new Answer.Unavailable<>("a 404 that does not say what is missing")
                        : new Answer.Ok<>(value.get()));
    }

    /** What Wix refuses of the request itself, and not of the token, the permission or the catalog. */
    static <T> Optional<Answer<T>> ofTheRequest(Refusal refusal, Function<String, T> value) {
        return switch (refusal.status()) {
            case 401, PERMISSION_MISSING, OTHER_CATALOG -> Optional.empty();
            case 404 -> gone(refusal, () -> value.apply(code(refusal)));
            default -> Optional.of(new Answer.Ok<>(value.apply(code(refusal))));
        };
    }

    /** An application's error has a code, a validation's names fields, and authorization has a word of its own. */
    static String code(Refusal refusal) {
        var details = refusal.body().path("details");
        var otherwise = details.path("validationError").isObject()
                ? "VALIDATION"
                : refusal.body().path("error").asString("");
        var code = details.path("applicationError").path("code").asString(otherwise);
        return plain(code, "HTTP_" + refusal.status());
    }

    /** A code, and not a text that may quote something. */
    static String plain(String code, String otherwise) {
        return code.matches("[A-Za-z0-9_.-]{1,80}") ? code : otherwise;
    }
}
