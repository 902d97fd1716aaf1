package dev.kontor.access.sessions;

import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtException;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;

import dev.kontor.HttpCaller;
import dev.kontor.access.AccessFixture;
import dev.kontor.access.GeneratedPassword;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SigningKeyTests extends AccessFixture {

    private static final String PUBLISHED = "/.well-known/jwks.json";
    private static final String KEYS = "/api/v1/key-sets/access-tokens";

    @Autowired
    SigningKeys keys;

    @Autowired
    SigningKeyStore store;

    @Autowired
    JwtEncoder encoder;

    @Autowired
    JwtDecoder decoder;

    HttpCaller nobody;

    @BeforeEach
    void startWithOneKey() {
        nobody = nobody();
        keys.rotate();
        advance(Duration.ofMinutes(17));
        assertThat(keys.list()).hasSize(1);
    }

    @Test
    void whoeverKnowsThePublicKeysSeesThatATokenIsKontors() throws Exception {
        var token = SignedJWT.parse(accessToken());
        var answer = nobody.get(PUBLISHED);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("application/jwk-set+json");
        assertThat(answer.header("Cache-Control")).contains("max-age=300");
        var key = JWKSet.parse(answer.body()).getKeyByKeyId(token.getHeader().getKeyID());
        assertThat(token.verify(new ECDSAVerifier(key.toECKey()))).isTrue();
    }

    @Test
    void noSecretIsPublishedOrLiesInTheDatabaseAsItIs() {
        var secret = keys.signing().getKeys().getFirst().toECKey().getD();

        assertThat(keys.published().getKeys()).noneMatch(key -> key.isPrivate());
        assertThat(nobody.get(PUBLISHED).body()).doesNotContain("\"d\"", secret.toString());
        assertThat(administrator().get(KEYS).body()).doesNotContain(secret.toString());
        assertThat(store.newestFirst().toString()).doesNotContain(secret.toString());
        var rows = jdbc.sql("select sealed from access.signing_keys")
                .query(byte[].class)
                .list();
        assertThat(rows).isNotEmpty().allSatisfy(row -> {
            assertThat(new String(row, java.nio.charset.StandardCharsets.ISO_8859_1))
                    .doesNotContain("kty", secret.toString());
            assertThat(Base64.getEncoder().encodeToString(row)).doesNotContain(secret.toString());
        });
    }

    @Test
    void anAdministratorReplacesTheKeyAndOldTokensAreGoodUntilTheyEnd() {
        var administrator = administrator();
        var first = keyOf(accessToken());

        var answer = administrator.post(KEYS + "/rotations", "");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("keys")).hasSize(2);
        assertThat(keyOf(accessToken())).isNotEqualTo(first);
        assertThat(administrator.get("/api/v1/auth/me").status()).isEqualTo(200);
        assertThat(nobody.get(PUBLISHED).json().path("keys")).hasSize(2);
        advance(Duration.ofMinutes(15));
        assertThat(administrator.get("/api/v1/auth/me").status()).isEqualTo(200); // the clocks may differ a little
        advance(Duration.ofMinutes(2));
        assertThat(administrator.get("/api/v1/auth/me").status()).isEqualTo(401);
        assertThat(nobody.get(PUBLISHED).json().path("keys")).hasSize(1);
    }

    @Test
    void aKeyThatWasReplacedForLongEnoughProvesNothing() {
        var later = Clock.offset(clock, Duration.ofHours(1));
        var token = encoder.encode(AccessTokens.of(UUID.randomUUID(), UUID.randomUUID(), later))
                .getTokenValue();
        keys.rotate();
        advance(Duration.ofMinutes(16));
        assertThat(decoder.decode(token).getSubject()).isNotEmpty();

        advance(Duration.ofMinutes(1));

        assertThatThrownBy(() -> decoder.decode(token)).isInstanceOf(JwtException.class);
    }

    @Test
    void aKeySignsForThirtyDays() {
        var first = keys.list().getFirst();
        keys.rotateAfter(Duration.ofDays(30));
        assertThat(keys.list()).containsExactly(first);

        advance(Duration.ofDays(30));
        keys.rotateAfter(Duration.ofDays(30));

        assertThat(keys.list()).hasSize(2);
        assertThat(keys.list().getFirst().id()).isNotEqualTo(first.id());
    }

    @Test
    void ofManyInstancesThatFindItOldAtTheSameMomentOneReplacesIt() throws Exception {
        var instances = java.util.stream.Stream.generate(() -> new SigningKeys(store, clock))
                .limit(4)
                .toList();
        advance(Duration.ofDays(30));
        try (var threads = Executors.newFixedThreadPool(4)) {
            threads.invokeAll(instances.stream()
                            .<Callable<Boolean>>map(instance -> () -> {
                                instance.rotateAfter(Duration.ofDays(30));
                                return true;
                            })
                            .toList())
                    .forEach(future -> assertThat(future.resultNow()).isTrue());
        }

        assertThat(keys.list()).hasSize(2);
        assertThat(instances).extracting(SigningKeys::list).containsOnly(keys.list());
    }

    @Test
    void anotherInstanceKnowsANewKeyAtOnceAndSignsWithItSoon() {
        var other = new SigningKeys(store, clock);
        var wiring = new AccessTokens();
        var otherDecoder = wiring.accessTokenDecoder(other, clock);
        var otherEncoder = wiring.accessTokenEncoder(other);
        var old = token(otherEncoder);

        keys.rotate();

        assertThat(otherDecoder.decode(token(encoder)).getSubject()).isNotEmpty();
        assertThat(decoder.decode(old).getSubject()).isNotEmpty();
        advance(Duration.ofMinutes(1));
        assertThat(keyOf(token(otherEncoder))).isEqualTo(keys.list().getFirst().id());
    }

    @Test
    void aTokenOfAnUnknownKeyIsRefused() {
        var made = SigningKey.make(clock.instant());
        var forger = new org.springframework.security.oauth2.jwt.NimbusJwtEncoder(
                new com.nimbusds.jose.jwk.source.ImmutableJWKSet<>(new JWKSet(List.of(made.key()))));

        assertThat(nobody.withToken(token(forger)).get("/api/v1/auth/me").status())
                .isEqualTo(401);
    }

    private String token(JwtEncoder encoder) {
        return encoder.encode(AccessTokens.of(UUID.randomUUID(), UUID.randomUUID(), clock))
                .getTokenValue();
    }

    private static String keyOf(String token) {
        try {
            return SignedJWT.parse(token).getHeader().getKeyID();
        } catch (java.text.ParseException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private HttpCaller administrator() {
        return nobody.withToken(accessToken());
    }

    private String accessToken() {
        return nobody.tryLogin("administrator", GeneratedPassword.in(data).read())
                .text("accessToken");
    }
}
