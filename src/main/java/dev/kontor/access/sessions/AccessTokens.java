package dev.kontor.access.sessions;

import java.time.Clock;
import java.time.Duration;
import java.util.UUID;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;

/** Access tokens say which session they belong to, and nothing that could change within their life. */
@Configuration(proxyBeanMethods = false)
class AccessTokens {

    static final Duration LIFETIME = Duration.ofMinutes(15);
    static final String SESSION = "sid";

    private static final String ISSUER = "kontor";

    @Bean
    JwtEncoder accessTokenEncoder(SigningKey key) {
        return new NimbusJwtEncoder(new ImmutableJWKSet<>(new JWKSet(key.key())));
    }

    @Bean
    JwtDecoder accessTokenDecoder(SigningKey key, Clock clock) {
        var expiry = new JwtTimestampValidator(Duration.ofSeconds(5));
        expiry.setClock(clock);
        var decoder = NimbusJwtDecoder.withJwkSource(new ImmutableJWKSet<>(new JWKSet(key.key())))
                .jwsAlgorithm(SignatureAlgorithm.ES256)
                .build();
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(expiry, new JwtIssuerValidator(ISSUER)));
        return decoder;
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
