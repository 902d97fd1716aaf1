package dev.kontor.access.web;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

import com.nimbusds.jose.jwk.JWKSet;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import dev.kontor.access.sessions.SigningKeys;
import dev.kontor.access.sessions.SigningKeys.KeyInfo;
import dev.kontor.api.Area;
import dev.kontor.api.Guarded;
import dev.kontor.api.Guarded.By;
import dev.kontor.api.Open;

/** The keys that sign access tokens: the public ones for everybody, and a new one when an administrator wants it. */
@RestController
@Guarded(value = Area.ACCESS, reading = By.ADMINISTRATOR, writing = By.ADMINISTRATOR)
@Tag(name = "Key sets")
class SigningKeyController {

    private static final String OWN = "/api/v1/key-sets/access-tokens";
    private static final MediaType JWK_SET = MediaType.parseMediaType(JWKSet.MIME_TYPE);
    private static final Duration REMEMBERED = Duration.ofMinutes(5);

    private final SigningKeys keys;

    SigningKeyController(SigningKeys keys) {
        this.keys = keys;
    }

    /** @param keys newest first */
    record SigningKeySet(String name, List<KeyInfo> keys) {}

    @GetMapping("/.well-known/jwks.json")
    @Open
    @Operation(
            summary = "Show the public keys of access tokens",
            description =
                    "As a JSON Web Key Set (RFC 7517). Whoever meets a token of a key that is not in it asks again.")
    ResponseEntity<Map<String, Object>> published() {
        return ResponseEntity.ok()
                .contentType(JWK_SET)
                .cacheControl(CacheControl.maxAge(REMEMBERED).cachePublic())
                .body(keys.published().toJSONObject());
    }

    @GetMapping(OWN)
    @Operation(summary = "List the keys of access tokens, without any secret")
    SigningKeySet list() {
        return new SigningKeySet("access-tokens", keys.list());
    }

    @PostMapping(OWN + "/rotations")
    @Operation(
            summary = "Sign access tokens with a new key",
            description = "From now on it signs; tokens that the one before has signed are good until they end.")
    SigningKeySet rotate() {
        return new SigningKeySet("access-tokens", keys.rotate());
    }
}
