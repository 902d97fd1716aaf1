package dev.kontor.access.sessions;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtValidationException;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/**
 * Checks the signature of each token once, since that is what costs most of a request by somebody who asks often. Whether
 * the token has ended and its key is still good is looked at each time, and so is its session, elsewhere.
 */
class VerifiedTokens implements JwtDecoder {

    private static final int MOST = 10_000;

    private final JwtDecoder decoder;
    private final OAuth2TokenValidator<Jwt> eachTime;

    /** By the hash, so that tokens are not kept. */
    private final Cache<ByteBuffer, Jwt> verified = Caffeine.newBuilder()
            .expireAfterWrite(AccessTokens.LIFETIME)
            .maximumSize(MOST)
            .build();

    VerifiedTokens(JwtDecoder decoder, OAuth2TokenValidator<Jwt> eachTime) {
        this.decoder = decoder;
        this.eachTime = eachTime;
    }

    @Override
    public Jwt decode(String token) {
        var jwt = verified.get(hash(token), _ -> decoder.decode(token)); // what is refused is not remembered
        var result = eachTime.validate(jwt);
        if (result.hasErrors()) {
            throw new JwtValidationException("the token is not good any more", result.getErrors());
        }
        return jwt;
    }

    private static ByteBuffer hash(String token) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
