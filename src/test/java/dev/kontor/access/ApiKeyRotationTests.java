package dev.kontor.access;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A key that gets another secret while the old one is still in use. */
class ApiKeyRotationTests extends ApiKeyFixture {

    @Test
    void hasTwoGoodSecretsDuringTheOverlap() {
        var old = create("rotated", Map.of());
        var fresh = rotate(old, Map.of());

        assertThat(fresh.status()).isEqualTo(201);
        assertThat(fresh.text("id")).isEqualTo(old.text("id"));
        assertThat(fresh.text("key")).isNotEqualTo(old.text("key"));
        var shown = administrator.get(path(old)).json().path("secrets");
        assertThat(texts(shown, "prefix")).containsExactly(prefix(fresh), prefix(old));
        assertThat(shown.at("/1/goodUntil").asString())
                .isEqualTo(clock.instant().plus(Duration.ofDays(1)).toString());
        advance(Duration.ofHours(24).minusSeconds(1));
        assertThat(with(old).get(ME).status()).isEqualTo(200);
        advance(Duration.ofSeconds(1));
        var ended = with(old).get(ME);
        assertThat(ended.status()).isEqualTo(401);
        assertThat(ended.text("type")).isEqualTo("urn:kontor:problem:api-key-expired");
        assertThat(with(fresh).get(ME).status()).isEqualTo(200);
        administrator = loggedInAdministrator();
        assertThat(texts(administrator.get(path(old)).json().path("secrets"), "prefix"))
                .containsExactly(prefix(fresh));
    }

    @Test
    void livesOnAsLongAsItWasToLiveBefore() {
        var week = clock.instant().plus(Duration.ofDays(7));
        var key = create("weekly", Map.of("expiresAt", week.toString()));
        advance(Duration.ofDays(5));
        administrator = loggedInAdministrator();

        var fresh = rotate(key, Map.of("overlapHours", 168));

        assertThat(instant(fresh, "expiresAt")).isEqualTo(clock.instant().plus(Duration.ofDays(7)));
        assertThat(fresh.json().at("/secrets/1/goodUntil").asString())
                .as("no longer than it was to be")
                .isEqualTo(week.toString());
        var chosen = clock.instant().plus(Duration.ofDays(30));
        assertThat(instant(rotate(key, Map.of("expiresAt", chosen.toString())), "expiresAt"))
                .isEqualTo(chosen);
    }

    @Test
    void aSecretThatHasEndedDoesNotComeBackByARotation() {
        var key = create(
                "expired", Map.of("expiresAt", clock.instant().plusSeconds(60).toString()));
        advance(Duration.ofMinutes(2));

        var fresh = rotate(
                key,
                Map.of(
                        "overlapHours",
                        24,
                        "expiresAt",
                        clock.instant().plusSeconds(600).toString()));

        assertThat(with(key).get(ME).status()).isEqualTo(401);
        assertThat(with(fresh).get(ME).status()).isEqualTo(200);
    }

    @Test
    void aRotationDuringAnOverlapCutsNobodyOffBeforeTheTimeThatWasSaid() {
        var first = create("often", Map.of());
        var second = rotate(first, Map.of("overlapHours", 2));
        advance(Duration.ofHours(1));
        administrator = loggedInAdministrator();
        var third = rotate(first, Map.of("overlapHours", 10));

        for (var key : List.of(first, second, third)) {
            assertThat(with(key).get(ME).status()).isEqualTo(200);
        }
        var refused = rotate(first, Map.of());
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text("type")).isEqualTo("urn:kontor:problem:too-many-secrets");
        advance(Duration.ofHours(1));
        assertThat(with(first).get(ME).status()).isEqualTo(401);
        assertThat(with(second).get(ME).status()).isEqualTo(200);
    }

    @Test
    void aRotationWithoutOverlapEndsAllOtherSecretsAtOnce() {
        var first = create("leaked", Map.of());
        var second = rotate(first, Map.of());
        var third = rotate(first, Map.of());
        assertThat(with(first).get(ME).status()).isEqualTo(200);

        var fourth = rotate(first, Map.of("overlapHours", 0));

        for (var key : List.of(first, second, third)) {
            assertThat(with(key).get(ME).status()).isEqualTo(401);
        }
        assertThat(with(fourth).get(ME).status()).isEqualTo(200);
    }

    @Test
    void anOverlapLastsAWeekAtMost() {
        var key = create("overlapping", Map.of());
        for (var hours : List.<Object>of(169, -1, "a day", 1.5)) {
            var answer = rotate(key, Map.of("overlapHours", hours));
            assertThat(answer.status()).as(answer.body()).isEqualTo(400);
            assertThat(answer.text("detail")).startsWith("overlapHours");
        }
        assertThat(administrator.send("POST", path(key) + "/rotate", null).status())
                .as("without a body")
                .isEqualTo(201);
    }

    @Test
    void isRotatedOnceByOneIdempotencyKey() {
        var key = create("rotated once", Map.of());
        var again = administrator.with("Idempotency-Key", UUID.randomUUID().toString());

        var first = again.post(path(key) + "/rotate", "{}");
        var second = again.post(path(key) + "/rotate", "{}");

        assertThat(first.status()).isEqualTo(201);
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.json().has("key")).isFalse();
        assertThat(second.json().path("secrets")).hasSize(2);
        assertThat(again.post(path(key) + "/rotate", Map.of("overlapHours", 1)).status())
                .isEqualTo(409);
    }
}
