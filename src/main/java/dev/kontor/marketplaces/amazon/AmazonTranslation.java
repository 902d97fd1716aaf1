package dev.kontor.marketplaces.amazon;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;

import org.springframework.http.HttpHeaders;

import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.exchange.Refusal;
import dev.kontor.marketplaces.exchange.Reply;
import dev.kontor.marketplaces.exchange.Translation;

/** Gives refusals Amazon's own code. Of its texts nothing is handed on: they quote values. */
record AmazonTranslation<T>(Translation<T> translation, AmazonLimits limit) implements Translation<T> {

    /** An address that does not exist is {@code NotFound} here, a listing is not. */
    private static final Set<String> NO_SUCH_LISTING = Set.of("NOT_FOUND");

    private static final int FORBIDDEN = 403;
    private static final String RATE = "x-amzn-RateLimit-Limit";
    private static final Pattern NUMBER = Pattern.compile("\\d{1,4}(\\.\\d{1,8})?");
    private static final Pattern TOKEN = Pattern.compile("(?i)access token.*(expired|revoked|invalid|missing)");

    @Override
    public T read(Reply reply) {
        return translation.read(reply);
    }

    /** The rate of this seller alone; what other limits there are Amazon does not tell. */
    @Override
    public OptionalDouble perMinute(HttpHeaders headers) {
        var told = headers.getFirst(RATE);
        if (told == null || !NUMBER.matcher(told.trim()).matches()) {
            return OptionalDouble.empty();
        }
        var perSecond = Double.parseDouble(told.trim());
        return perSecond > 0 ? OptionalDouble.of(60 * perSecond) : OptionalDouble.empty();
    }

    @Override
    public Optional<Duration> silence() {
        return Optional.of(limit.silence());
    }

    @Override
    public Optional<Answer<T>> refused(Refusal refusal) {
        return translation.refused(refusal).or(() -> Optional.of(usual(refusal)));
    }

    private static <T> Answer<T> usual(Refusal refusal) {
        var code = code(refusal);
        if (refusal.status() == 401 || aboutTheToken(refusal)) {
            return new Answer.Unauthorized<>("Amazon does not accept the access token (" + code + ")");
        }
        return refusal.status() == FORBIDDEN
                ? new Answer.Rejected<>(
                        code, "the application lacks a role, or the seller sells in another region (" + code + ")")
                : new Answer.Rejected<>(code, "Amazon refused with status " + refusal.status());
    }

    /** A token that has expired and a role that is missing have the same code, and only the text tells them apart. */
    private static boolean aboutTheToken(Refusal refusal) {
        return refusal.status() == FORBIDDEN
                && refusal.body()
                        .path("errors")
                        .valueStream()
                        .anyMatch(error -> TOKEN.matcher(error.path("message").asString("") + " "
                                        + error.path("details").asString(""))
                                .find());
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

    static boolean saysNoSuchListing(Refusal refusal) {
        return refusal.status() == 404 && NO_SUCH_LISTING.contains(code(refusal));
    }

    /** A gateway, or a wrong address, answers 404 as well, and says nothing about what was asked for. */
    static <T> Optional<Answer<T>> vague404(Refusal refusal) {
        return refusal.status() == 404
                ? Optional.of(new Answer.Unavailable<>("a 404 that does not say what is missing"))
                : Optional.empty();
    }

    /** A code as it came, if it is one. */
    static String plain(String code, String otherwise) {
        return code.matches("[A-Za-z0-9_.-]{1,80}") ? code : otherwise;
    }
}
