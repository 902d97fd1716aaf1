package dev.kontor.access.sessions;

import java.time.Clock;
import java.time.Duration;
import java.util.UUID;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;

/** Access tokens say which session they belong to, and nothing that could change within their life. */
@Configuration(proxyBeanMethods = false)
class AccessTokens {

    static final Duration LIFETIME = Duration.ofMinutes(15);
    static final Duration LEEWAY = Duration.ofSeconds(5);
    static final String SESSION = "sid";

    private static final String ISSUER = "kontor";

    @Bean
    JwtEncoder accessTokenEncoder(SigningKeys keys) {
        return new NimbusJwtEncoder((selector, _) -> selector.select(keys.signing()));
    }

    @Bean
    JwtDecoder accessTokenDecoder(SigningKeys keys, Clock clock) {
        var expiry = new JwtTimestampValidator(LEEWAY);
        expiry.setClock(clock);
        var decoder = NimbusJwtDecoder.withJwkSource((selector, _) -> {
                    var found = selector.select(keys.verifying());
                    return found.isEmpty() ? selector.select(keys.latest()) : found;
                })
                .jwsAlgorithm(SignatureAlgorithm.ES256)
                .build();
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(expiry, new JwtIssuerValidator(ISSUER)));
        return new VerifiedTokens(decoder, new DelegatingOAuth2TokenValidator<>(expiry, keyOf(keys)));
    }

    private static OAuth2TokenValidator<Jwt> keyOf(SigningKeys keys) {
        var gone = OAuth2TokenValidatorResult.failure(
                new OAuth2Error(OAuth2ErrorCodes.INVALID_TOKEN, "the key is not good any more", null));
        return token -> keys.verify(token.getHeaders().get("kid")) ? OAuth2TokenValidatorResult.success() : gone;
    }

    static JwtEncoderParameters of(UUID session, UUID user, Clock clock) {
        var now = clock.instant();
        return JwtEncoderParameters.from(
                JwsHeader.with(SignatureAlgorithm.ES256).type("JWT").build(),
                JwtClaimsSet.builder()
                        .issuer(ISSUER)
                        .subject(user.toString())
                        .claim(SESSION, session.toString())
                        .issuedAt(now)
                        .expiresAt(now.plus(LIFETIME))
                        .build());
    }
}
