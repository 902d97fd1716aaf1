package dev.kontor.access.sessions;

import java.time.Clock;
import java.time.Duration;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "kontor.administrator.password=only-for-this-test")
class AccessTokenTests {

    @Autowired
    JwtEncoder encoder;

    @Autowired
    JwtDecoder decoder;

    @Test
    void isGoodForFifteenMinutes() {
        assertThat(decoder.decode(issued(Duration.ofMinutes(14))).getClaimAsString("sid"))
                .isNotEmpty();
        var expired = issued(Duration.ofMinutes(16));
        assertThatThrownBy(() -> decoder.decode(expired))
                .isInstanceOf(JwtException.class)
                .hasMessageContaining("expired");
    }

    private String issued(Duration ago) {
        var then = Clock.offset(Clock.systemUTC(), ago.negated());
        return encoder.encode(AccessTokens.of(UUID.randomUUID(), UUID.randomUUID(), then))
                .getTokenValue();
    }
}
