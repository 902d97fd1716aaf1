package dev.kontor.access.factors;

import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** What two requests at the same moment have read is out of date for one of them. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class FactorTests {

    private static final byte[] SEALED = {1};

    @Autowired
    Factors factors;

    @Autowired
    JdbcClient jdbc;

    UUID user;

    @BeforeEach
    void somebody() {
        user = UUID.randomUUID();
        jdbc.sql("""
                        insert into access.users (id, name, role, created_at, password_changed_at)
                        values (:id, :name, 'VIEWER', now(), now())""").param("id", user).param("name", "Somebody " + user).update();
        factors.begin(user, SEALED);
    }

    @Test
    void ofTwoWhoReadTheSameOneOfThemTakesTheCode() {
        var here = factors.find(user).orElseThrow();
        var there = factors.find(user).orElseThrow();

        assertThat(factors.take(here, 7)).isTrue();

        assertThat(factors.take(there, 7)).isFalse();
        assertThat(factors.take(there, 6)).isFalse();
        assertThat(factors.take(there, 8)).isTrue();
    }

    @Test
    void ofTwoWhoConfirmOneDoes() {
        var here = factors.find(user).orElseThrow();
        var there = factors.find(user).orElseThrow();

        assertThat(factors.confirm(here)).isTrue();
        assertThat(factors.confirm(there)).isFalse();
    }

    @Test
    void aCodeOfADeviceThatWasReplacedSinceConfirmsNothing() {
        var replaced = factors.find(user).orElseThrow();
        assertThat(factors.begin(user, new byte[] {2})).isTrue();

        assertThat(factors.take(replaced, 7)).isFalse();
        assertThat(factors.confirm(replaced)).isFalse();
    }

    @Test
    void whatIsConfirmedIsNotReplaced() {
        factors.confirm(factors.find(user).orElseThrow());

        assertThat(factors.begin(user, new byte[] {2})).isFalse();
        assertThat(factors.find(user).orElseThrow().sealed()).isEqualTo(SEALED);
    }
}
