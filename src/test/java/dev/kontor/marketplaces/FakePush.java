package dev.kontor.marketplaces;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import dev.kontor.marketplaces.Push.Hint;
import dev.kontor.marketplaces.Push.Reading.Genuine;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Requests of the fake marketplace: proven by a header that nobody else knows. */
public final class FakePush implements Push {

    public static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final String HEADER = "X-Fake-Proof";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Clock clock;

    FakePush(Clock clock) {
        this.clock = clock;
    }

    /** What the marketplace sends to tell a seller of something. */
    public static Request request(String seller, Hint hint, Instant at) {
        var body = JSON.writeValueAsString(new Genuine(seller, List.of(hint))).getBytes(UTF_8);
        return new Request(Map.of(HEADER, List.of(proof(body))), body, at);
    }

    public static Hint ofOrder(String id, String order, Instant at) {
        return new Hint(id, Subject.ORDER, "CHANGED", order, null, at);
    }

    Request request(String seller, String order) {
        return request(seller, ofOrder("told-" + order, order, clock.instant()), clock.instant());
    }

    @Override
    public Reading read(Request request) {
        if (!List.of(proof(request.body())).equals(request.headers().get(HEADER))) {
            return new Reading.Refused(Cause.SIGNATURE, "unproven");
        }
        try {
            return JSON.readValue(request.body(), Genuine.class);
        } catch (JacksonException e) {
            return new Reading.Refused(Cause.FORM, "unreadable");
        }
    }

    @Override
    public Optional<Duration> patience() {
        return Optional.of(PATIENCE);
    }

    private static String proof(byte[] body) {
        return "known to the marketplace only, " + new String(body, UTF_8).hashCode();
    }
}
