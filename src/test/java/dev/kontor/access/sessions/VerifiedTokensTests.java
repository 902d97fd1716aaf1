package dev.kontor.access.sessions;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;

import dev.kontor.SettableClock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class VerifiedTokensTests {

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-30T12:00:00Z"));
    private final List<String> checked = new ArrayList<>();
    private final OAuth2TokenValidatorResult goneKey =
            OAuth2TokenValidatorResult.failure(new OAuth2Error("invalid_token"));
    private boolean keyIsGood = true;
    private final VerifiedTokens tokens = new VerifiedTokens(
            this::check,
            new DelegatingOAuth2TokenValidator<>(
                    expiry(), _ -> keyIsGood ? OAuth2TokenValidatorResult.success() : goneKey));

    private Jwt check(String token) {
        checked.add(token);
        if (token.startsWith("forged")) {
            throw new BadJwtException("the signature is wrong");
        }
        return Jwt.withTokenValue(token)
                .header("alg", "ES256")
                .subject(token)
                .issuedAt(clock.instant())
                .expiresAt(clock.instant().plus(Duration.ofMinutes(15)))
                .build();
    }

    private JwtTimestampValidator expiry() {
        var expiry = new JwtTimestampValidator(Duration.ZERO);
        expiry.setClock(clock);
        return expiry;
    }

    @Test
    void checksASignatureOnceForManyRequests() {
        for (int request = 0; request < 5; request++) {
            assertThat(tokens.decode("Anna").getSubject()).isEqualTo("Anna");
        }
        assertThat(checked).containsExactly("Anna");
    }

    @Test
    void doesNotTakeOneTokenForAnother() {
        assertThat(tokens.decode("Anna").getSubject()).isEqualTo("Anna");
        assertThat(tokens.decode("Bert").getSubject()).isEqualTo("Bert");
    }

    @Test
    void remembersNoRefusal() {
        for (int request = 0; request < 2; request++) {
            assertThatThrownBy(() -> tokens.decode("forged")).isInstanceOf(JwtException.class);
        }
        assertThat(checked).hasSize(2);
    }

    @Test
    void seesThatTheKeyIsGoneOfOneThatItRemembers() {
        tokens.decode("Anna");
        keyIsGood = false;

        assertThatThrownBy(() -> tokens.decode("Anna")).isInstanceOf(JwtException.class);
    }

    @Test
    void seesThatOneHasEndedThatItRemembers() {
        tokens.decode("Anna");
        clock.advance(Duration.ofMinutes(16));

        assertThatThrownBy(() -> tokens.decode("Anna")).isInstanceOf(JwtException.class);
        assertThat(checked).hasSize(1);
    }
}
