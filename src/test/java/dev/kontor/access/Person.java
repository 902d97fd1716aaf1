package dev.kontor.access;

import java.security.InvalidKeyException;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import javax.crypto.spec.SecretKeySpec;

import org.apache.commons.codec.binary.Base32;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;

import dev.kontor.HttpCaller;
import dev.kontor.HttpCaller.Answer;

import static org.assertj.core.api.Assertions.assertThat;

/** Somebody whom an administrator has invited and who has set a password. */
public record Person(String name, HttpCaller caller) {

    public static final String PASSWORD = "kettle seventeen orbit";

    public static Person invited(HttpCaller administrator, String firstName, String role) {
        var name = firstName + " " + UUID.randomUUID();
        var invitation = administrator.post("/api/v1/users", Map.of("name", name, "role", role));
        assertThat(invitation.status()).as(invitation.body()).isEqualTo(201);
        var nobody = HttpCaller.nobody(administrator.port());
        var set = nobody.post(
                "/api/v1/auth/password-links", Map.of("secret", invitation.text("secret"), "password", PASSWORD));
        assertThat(set.status()).as(set.body()).isEqualTo(204);
        return new Person(name, nobody);
    }

    /** The same person, seen by Kontor at another address. */
    Person at(String address) {
        return new Person(name, caller.with("X-Forwarded-For", address));
    }

    Answer login() {
        return login(PASSWORD);
    }

    Answer login(String password) {
        return caller.post("/api/v1/auth/login", Map.of("username", name, "password", password));
    }

    Answer loginWith(String code) {
        return caller.post("/api/v1/auth/login", Map.of("username", name, "password", PASSWORD, "code", code));
    }

    public HttpCaller loggedIn() {
        var answer = login();
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return caller.withToken(answer.text("accessToken"));
    }

    /** What an app with this secret shows. */
    public static String code(String secret, Instant at) {
        try {
            var key = new SecretKeySpec(new Base32().decode(secret), "HmacSHA1");
            return new TimeBasedOneTimePasswordGenerator().generateOneTimePasswordString(key, at);
        } catch (InvalidKeyException e) {
            throw new IllegalStateException(e);
        }
    }
}
