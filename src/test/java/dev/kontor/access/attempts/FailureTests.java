package dev.kontor.access.attempts;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.bean.override.convention.TestBean;

import dev.kontor.SettableClock;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class FailureTests {

    private static final Place HOME = new Place("203.0.113.1");

    @TestBean
    Clock clock;

    static Clock clock() {
        return new SettableClock(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    }

    @Autowired
    JdbcClient jdbc;

    @Test
    void instancesCountTogether() {
        var one = new FailedAttempts(jdbc, clock);
        var other = new FailedAttempts(jdbc, clock);
        var counter = new Allowance("test", 4, Duration.ofMinutes(1)).of(UUID.randomUUID());
        for (int time = 0; time < 2; time++) {
            assertThat(one.count(counter)).isEmpty();
            assertThat(other.count(counter)).isEmpty();
        }

        assertThat(one.count(counter)).contains(Duration.ofMinutes(1));
        assertThat(other.count(counter)).contains(Duration.ofMinutes(1));
        advance(Duration.ofMinutes(1));
        assertThat(other.count(counter)).isEmpty();
        assertThat(one.count(counter)).contains(Duration.ofMinutes(1));
        other.uncount(counter);
        assertThat(one.count(counter)).isEmpty();
    }

    @Test
    void whatIsForgottenIsDeleted() {
        var failures = new FailedAttempts(jdbc, clock);
        var counter = new Allowance("test", 4, Duration.ofMinutes(1)).of(UUID.randomUUID());
        failures.count(counter);
        failures.count(counter);

        advance(Duration.ofMinutes(1));
        failures.sweep();
        assertThat(rows(counter)).isOne();
        advance(Duration.ofMinutes(2));
        failures.sweep();

        assertThat(rows(counter)).isZero();
    }

    @Test
    void aPlaceIsKnownToItsUserForThreeMonths() {
        var places = new KnownPlaces(jdbc, clock);
        var user = jdbc.sql("select id from access.users").query(UUID.class).single();
        assertThat(places.knows(user, HOME)).isFalse();

        places.remember(user, HOME);
        places.remember(user, HOME);

        assertThat(places.knows(user, HOME)).isTrue();
        assertThat(places.knows(UUID.randomUUID(), HOME)).isFalse();
        advance(KnownPlaces.MEMORY.minusSeconds(1));
        assertThat(places.sweep()).isZero();
        assertThat(places.knows(user, HOME)).isTrue();
        advance(Duration.ofSeconds(1));
        assertThat(places.knows(user, HOME)).isFalse();
        assertThat(places.sweep()).isOne();
    }

    private long rows(Counter counter) {
        return jdbc.sql("select count(*) from access.failures where key = :key")
                .param("key", counter.key())
                .query(Long.class)
                .single();
    }

    private void advance(Duration duration) {
        ((SettableClock) clock).advance(duration);
    }
}
