package dev.kontor.marketplaces.wix;

import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.time.Instant;

import org.jmolecules.architecture.hexagonal.SecondaryAdapter;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;

import dev.kontor.marketplaces.Push;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Wix sends a signed token and nothing else: the request's body is the token, and the event lies in one of its claims. */
@SecondaryAdapter
@Component
class WixPush implements Push {

    private static final String ISSUER = "wix.com";

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
        } catch (ParseException | JOSEException | IllegalArgumentException e) {
            return new Reading.Refused(Cause.FORM, "not a signed token with an event of Wix");
        }
    }

    /** What a token says of its own algorithm is not followed, or it could name one that fits a public key. */
    private static boolean signed(SignedJWT token, RSAPublicKey key) throws JOSEException {
        return JWSAlgorithm.RS256.equals(token.getHeader().getAlgorithm()) && token.verify(new RSASSAVerifier(key));
    }

    private Reading believed(SignedJWT token, Instant now) throws ParseException {
        var claims = token.getJWTClaimsSet();
        if (claims.getIssuer() != null && !ISSUER.equals(claims.getIssuer())) {
            return new Reading.Refused(Cause.APPLICATION, "the token names another issuer");
        }
        if (!claims.getAudience().isEmpty() && !claims.getAudience().contains(properties.appId())) {
            return new Reading.Refused(Cause.APPLICATION, "the token is meant for another app");
        }
        if (claims.getExpirationTime() != null
                && !now.isBefore(claims.getExpirationTime().toInstant())) {
            return new Reading.Refused(Cause.AGE, "the token has expired");
        }
        var signature = token.getSignature().toString();
        return WixEvent.of(claims.getClaim("data")).read(signature, issuedAt(claims, now));
    }

    private static Instant issuedAt(JWTClaimsSet claims, Instant now) {
        return claims.getIssueTime() == null ? now : claims.getIssueTime().toInstant();
    }
}
