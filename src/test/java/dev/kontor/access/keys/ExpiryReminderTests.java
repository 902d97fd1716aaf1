package dev.kontor.access.keys;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.event.ApplicationEventMulticaster;

import dev.kontor.access.AccessFixture;
import dev.kontor.access.ApiKeyExpiryAnnounced;
import dev.kontor.access.ApiKeyExpirySettled;

import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class ExpiryReminderTests extends AccessFixture {

    @Autowired
    ExpiryReminders reminders;

    @Autowired
    ApplicationEventMulticaster multicaster;

    final List<ApiKeyExpiryAnnounced> told = new CopyOnWriteArrayList<>();
    final List<UUID> settled = new CopyOnWriteArrayList<>();
    final ApplicationListener<ApplicationEvent> ear = this::hear;

    @BeforeEach
    void listen() {
        multicaster.addApplicationListener(ear);
    }

    @AfterEach
    void listenNoMore() {
        multicaster.removeApplicationListener(ear);
    }

    private void hear(ApplicationEvent event) {
        if (event instanceof PayloadApplicationEvent<?> some
                && some.getPayload() instanceof ApiKeyExpiryAnnounced announced) {
            told.add(announced);
        }
        if (event instanceof PayloadApplicationEvent<?> some && some.getPayload() instanceof ApiKeyExpirySettled it) {
            settled.add(it.key());
        }
    }

    @Test
    void comesThirtySevenAndOneDayBeforeTheExpiryOnceEach(CapturedOutput output) {
        var expiry = clock.instant().plus(Duration.ofDays(90));
        var key = create(expiry);

        assertThat(daysToldOnDaysBefore(key, expiry, 31)).isEmpty();
        assertThat(daysToldOnDaysBefore(key, expiry, 30)).containsExactly(30);
        assertThat(daysToldOnDaysBefore(key, expiry, 8)).containsExactly(30);
        assertThat(daysToldOnDaysBefore(key, expiry, 7)).containsExactly(30, 7);
        assertThat(daysToldOnDaysBefore(key, expiry, 1)).containsExactly(30, 7, 1);
        assertThat(daysToldOnDaysBefore(key, expiry, 0)).containsExactly(30, 7, 1);

        assertThat(of(key)).allSatisfy(event -> assertThat(event.expiresAt()).isEqualTo(expiry));
        assertThat(output.getOut().lines().filter(line -> line.contains("WARN") && line.contains(key.toString())))
                .hasSize(3)
                .allSatisfy(line ->
                        assertThat(line).contains("expires at " + expiry).doesNotContain("reminded"));
    }

    @Test
    void comesOnceHoweverManyInstancesRun() throws InterruptedException {
        var expiry = clock.instant().plus(Duration.ofDays(40));
        var made = new ArrayList<UUID>();
        for (int number = 0; number < 5; number++) {
            made.add(create(expiry));
        }
        advance(Duration.ofDays(10));

        try (var instances = Executors.newFixedThreadPool(8)) {
            instances
                    .invokeAll(Collections.nCopies(8, Executors.callable(reminders::remind)))
                    .forEach(Future::resultNow);
        }

        assertThat(made).allSatisfy(key -> assertThat(of(key)).hasSize(1));
    }

    @Test
    void whatWasMissedIsMadeUpForByTheMostUrgentOne() {
        var expiry = clock.instant().plus(Duration.ofDays(90));
        var key = create(expiry);

        assertThat(daysToldOnDaysBefore(key, expiry, 3)).containsExactly(7);
        assertThat(daysToldOnDaysBefore(key, expiry, 2)).containsExactly(7);
    }

    @Test
    void nobodyIsRemindedOfWhatWasKnownWhenTheExpiryWasChosen() {
        var expiry = clock.instant().plus(Duration.ofDays(7));
        var key = create(expiry);

        assertThat(daysToldOnDaysBefore(key, expiry, 6)).isEmpty();
        assertThat(daysToldOnDaysBefore(key, expiry, 1)).containsExactly(1);
    }

    @Test
    void aKeyThatWasRotatedOrDeletedInTimeGetsNone() {
        var expiry = clock.instant().plus(Duration.ofDays(40));
        var rotated = create(expiry);
        var deleted = create(expiry);
        var kept = create(expiry);
        advance(Duration.ofDays(9));
        var administrator = loggedInAdministrator();
        administrator.post("/api/v1/api-keys/" + rotated + "/rotate", "{}");
        administrator.delete("/api/v1/api-keys/" + deleted);

        assertThat(daysToldOnDaysBefore(kept, expiry, 29)).containsExactly(30);
        assertThat(of(rotated)).isEmpty();
        assertThat(of(deleted)).isEmpty();
        assertThat(daysToldOnDaysBefore(rotated, expiry.plus(Duration.ofDays(9)), 7))
                .containsExactly(7);
    }

    @Test
    void whoWasRemindedHearsOnceThatTheKeyWasRotatedOrDeleted() {
        var expiry = clock.instant().plus(Duration.ofDays(40));
        var rotated = create(expiry);
        var deleted = create(expiry);
        var kept = create(expiry);
        assertThat(daysToldOnDaysBefore(kept, expiry, 29)).containsExactly(30);
        assertThat(settled).isEmpty();
        var administrator = loggedInAdministrator();
        administrator.post("/api/v1/api-keys/" + rotated + "/rotate", "{}");
        administrator.delete("/api/v1/api-keys/" + deleted);

        reminders.remind();
        reminders.remind();

        assertThat(settled).containsExactlyInAnyOrder(rotated, deleted);
    }

    @Test
    void thereAreMoreThanFitIntoOneStatement() {
        var expiry = clock.instant().plus(Duration.ofDays(31));
        jdbc.sql("""
                        insert into access.api_keys
                          (id, name, scopes, created_by, created_at, expires_at, expiry_set_at)
                        select gen_random_uuid(), 'many', '{orders:read}', id, :now, :expiry, :now
                        from access.users, generate_series(1, 250) where name = 'administrator'""")
                .param("now", clock.instant().atOffset(UTC))
                .param("expiry", expiry.atOffset(UTC))
                .update();
        advance(Duration.ofDays(1));

        reminders.remind();

        assertThat(told).filteredOn(event -> event.expiresAt().equals(expiry)).hasSize(250);
        jdbc.sql("delete from access.api_keys where name = 'many'").update();
    }

    private List<Integer> daysToldOnDaysBefore(UUID key, Instant expiry, int days) {
        advance(Duration.between(clock.instant(), expiry.minus(Duration.ofDays(days))));
        reminders.remind();
        reminders.remind();
        return of(key).stream().map(ApiKeyExpiryAnnounced::days).toList();
    }

    private List<ApiKeyExpiryAnnounced> of(UUID key) {
        return told.stream().filter(event -> event.key().equals(key)).toList();
    }

    private UUID create(Instant expiry) {
        var answer = loggedInAdministrator()
                .post(
                        "/api/v1/api-keys",
                        Map.of("name", "reminded", "scopes", List.of("orders:read"), "expiresAt", expiry.toString()));
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return UUID.fromString(answer.text("id"));
    }
}
