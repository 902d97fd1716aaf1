package dev.kontor.marketplaces.wix;

import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import org.jmolecules.architecture.hexagonal.SecondaryAdapter;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.SignedJWT;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.kontor.marketplaces.Push;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Wix sends a signed token and nothing else: the request's body is the token, and the event lies in one of its claims. */
@SecondaryAdapter
@Component
class WixPush implements Push {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String ISSUER = "wix.com";
    private static final Duration PATIENCE = Duration.ofMillis(1250);

    private final @Nullable RSAPublicKey key;
    private final WixProperties properties;

    WixPush(WixWebhookProperties webhook, WixProperties properties) {
        this.key = webhook.publicKey().orElse(null);
        this.properties = properties;
    }

    @Override
    public Reading read(Request request) {
        if (key == null) {
            return new Reading.Refused(Cause.UNPREPARED, "KONTOR_WIX_WEBHOOK_KEY is not set");
        }
        try {
            var token = SignedJWT.parse(new String(request.body(), UTF_8).strip());
            return signed(token, key)
                    ? believed(token, request.receivedAt())
                    : new Reading.Refused(Cause.SIGNATURE, "the token is not signed with the app's key");
        } catch (ParseException | JOSEException | JacksonException | DateTimeException | IllegalArgumentException e) {
            return new Reading.Refused(Cause.FORM, "not a signed token with an event of Wix");
        }
    }

    @Override
    public Optional<Duration> patience() {
        return Optional.of(PATIENCE);
    }

    /** What a token says of its own algorithm is not followed, or it could name one that fits a public key. */
    private static boolean signed(SignedJWT token, RSAPublicKey key) throws JOSEException {
        return JWSAlgorithm.RS256.equals(token.getHeader().getAlgorithm()) && token.verify(new RSASSAVerifier(key));
    }

    private Reading believed(SignedJWT token, Instant now) {
        var claims = JSON.readTree(token.getPayload().toBytes());
        if (claims.has("iss") && !ISSUER.equals(claims.path("iss").asString(""))) {
            return new Reading.Refused(Cause.APPLICATION, "the token names another issuer");
        }
        if (claims.has("aud") && !names(claims.path("aud"), properties.appId())) {
            return new Reading.Refused(Cause.APPLICATION, "the token is meant for another app");
        }
        if (claims.has("exp") && !now.isBefore(time(claims.path("exp")))) {
            return new Reading.Refused(Cause.AGE, "the token has expired");
        }
        var issuedAt = claims.has("iat") ? time(claims.path("iat")) : null;
        return WixEvent.of(claims.path("data")).read(token.getSignature().toString(), issuedAt);
    }

    /** One name, or a list of them. */
    private static boolean names(JsonNode audience, String app) {
        return audience.isArray()
                ? audience.valueStream().anyMatch(name -> app.equals(name.asString("")))
                : app.equals(audience.asString(""));
    }

    private static Instant time(JsonNode seconds) {
        if (!seconds.isNumber()) {
            throw new IllegalArgumentException("a time is no number");
        }
        return Instant.ofEpochSecond(seconds.longValue());
    }
}
