package dev.kontor.access;

import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;

import dev.kontor.HttpCaller;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@DirtiesContext // others must not get an administrator with another password
class PasswordChangeTests {

    static final String LONG_ENOUGH = "correct horse battery";

    @LocalServerPort
    int port;

    @Value("${kontor.data}")
    String data;

    @Test
    void replacesTheGeneratedPasswordAndEndsOtherSessions() throws Exception {
        var generated = GeneratedPassword.in(data);
        var password = generated.read();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(generated.file())))
                .isEqualTo("rw-------");
        var nobody = HttpCaller.nobody(port);
        var caller = nobody.login("administrator", password);
        var elsewhere = nobody.login("administrator", password);

        assertThat(change(caller, "wrong", LONG_ENOUGH).body()).contains("currentPassword");
        assertThat(change(caller, password, "short").body()).contains("newPassword");
        assertThat(change(caller, password, password).body()).contains("newPassword");
        assertThat(change(caller, password, "administrator1").body()).contains("newPassword");
        assertThat(generated.file()).exists();

        assertThat(change(caller, password, LONG_ENOUGH).status()).isEqualTo(204);
        assertThat(generated.file()).doesNotExist();
        assertThat(caller.get("/api/v1/auth/me").status()).isEqualTo(200);
        assertThat(elsewhere.get("/api/v1/auth/me").status()).isEqualTo(401);
        assertThat(nobody.tryLogin("administrator", password).status()).isEqualTo(401);
        assertThat(nobody.tryLogin("administrator", LONG_ENOUGH).status()).isEqualTo(200);
    }

    private static HttpCaller.Answer change(HttpCaller caller, String current, String replacement) {
        return caller.post("/api/v1/auth/password", Map.of("currentPassword", current, "newPassword", replacement));
    }
}
