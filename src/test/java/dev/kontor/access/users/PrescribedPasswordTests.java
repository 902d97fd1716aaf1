package dev.kontor.access.users;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.support.TransactionOperations;

import dev.kontor.HttpCaller;
import dev.kontor.access.Person;
import dev.kontor.access.attempts.Place;
import dev.kontor.access.factors.SecondFactor;
import dev.kontor.access.files.AccessProperties;
import dev.kontor.audit.AuditLog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "kontor.administrator.password=only-for-this-test")
class PrescribedPasswordTests {

    @LocalServerPort
    int port;

    @Autowired
    AuditLog audit;

    @Autowired
    Users users;

    @Autowired
    Passwords passwords;

    @Autowired
    SecondFactor factor;

    @Autowired
    TransactionOperations transaction;

    @Autowired
    ApplicationEventPublisher events;

    @TempDir
    Path data;

    @AfterEach
    void restore() {
        startWith("another password to forget");
        startWith("only-for-this-test");
    }

    @Test
    void isNeitherPrintedNorWritten() {
        var administrator = startWith("only-for-this-test");
        assertThat(administrator.takeGeneratedPassword()).isEmpty();
        assertThat(administrator.passwordFile()).isEmpty();
        assertThat(login("only-for-this-test").status()).isEqualTo(200);
    }

    @Test
    void letsTheOwnerBackInWhenItChanges() {
        var refreshToken = login("only-for-this-test").text("refreshToken");
        startWith("a new one from the owner");
        assertThat(login("a new one from the owner").status()).isEqualTo(200);
        assertThat(login("only-for-this-test").status()).isEqualTo(401);
        var refreshed =
                HttpCaller.nobody(port).post("/api/v1/auth/refresh", java.util.Map.of("refreshToken", refreshToken));
        assertThat(refreshed.status()).isEqualTo(401);
    }

    @Test
    void letsTheOwnerBackInWithoutTheDeviceThatShowsCodes() {
        var administrator = users.find(Administrator.NAME).orElseThrow().id();
        var secret = factor.begin(administrator, Administrator.NAME).secret();
        factor.confirm(administrator, Person.code(secret, Instant.now()), Place.of("127.0.0.1"));
        assertThat(login("only-for-this-test").status()).isEqualTo(401);

        startWith("a new one from the owner");

        assertThat(login("a new one from the owner").status()).isEqualTo(200);
    }

    @Test
    void doesNotUndoALaterChangeByThePerson() {
        var administrator = users.find(Administrator.NAME).orElseThrow();
        users.changePassword(administrator.id(), passwords.hash("chosen by the person"));
        startWith("only-for-this-test");
        assertThat(login("chosen by the person").status()).isEqualTo(200);
        startWith(null);
        assertThat(login("chosen by the person").status()).isEqualTo(200);
    }

    @Test
    void stopsTheStartWhenItIsTooShortWithoutShowingIt() {
        assertThatThrownBy(() -> startWith("tooshort"))
                .isInstanceOf(InvalidConfigurationPropertyValueException.class)
                .hasMessageContaining("kontor.administrator.password")
                .hasMessageNotContaining("tooshort");
    }

    private Administrator startWith(@Nullable String prescribed) {
        var properties = new AccessProperties(
                data,
                new AccessProperties.Administrator(prescribed),
                new AccessProperties.Passwords(null),
                new AccessProperties.AccessTokens(Duration.ofDays(30)));
        var administrator = new Administrator(
                users, passwords, factor, transaction, events, properties, java.time.Clock.systemUTC(), audit);
        administrator.afterSingletonsInstantiated();
        return administrator;
    }

    private HttpCaller.Answer login(String password) {
        return HttpCaller.nobody(port).tryLogin("administrator", password);
    }
}
