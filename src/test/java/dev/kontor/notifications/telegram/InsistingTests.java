package dev.kontor.notifications.telegram;

import java.time.Instant;
import java.util.StringJoiner;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.kontor.notifications.AlertEscalated;
import dev.kontor.notifications.Severity;
import dev.kontor.notifications.alerts.Cause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Whom it reaches that nobody has seen to something, and how often. */
class InsistingTests extends BundleFixture {

    @Test
    void whatIsEscalatedReachesWhoDidNotWishToHearOfItOnceAndNothingElseDoes() {
        var boss = paired(someone("ADMINISTRATOR"), "en");
        var boris = manager();
        forEverybodyElseItIsQuiet();
        var account = sold().id();
        var one = failing(account, "feed");
        var other = failing(account, "listings");
        raise(one, Severity.WARNING);
        raise(other, Severity.WARNING);
        theNewsIsTold();
        assertThat(states(boss)).isEmpty();

        var escalated = escalated(one, 1);
        tell(escalated);
        assertThat(boss.hears()).startsWith("🟠 Shop: the reading of new orders fails");
        theNewsIsTold();
        tell(escalated); // as after a crash
        theNewsIsTold();
        tell(escalated(other, 1));
        assertThat(boss.reads()).startsWith("🟠 fake is in trouble · amiss: 2");
        raise(failing(account, "sweep"), Severity.WARNING);
        theNewsIsTold();
        assertThat(waiting(boss))
                .as("later, and without what is refused")
                .singleElement()
                .asString()
                .contains("amiss: 2");
        assertThat(boss.unheard()).isEmpty();
        assertThat(states(boris)).isEmpty();
    }

    @Test
    void whatIsEscalatedInQuietHoursIsToldOnceWhenTheyAreOver() {
        var boss = paired(someone("ADMINISTRATOR"), "en");
        forEverybodyElseItIsQuiet();
        boss.says("/settings quiet " + quietHours());
        boss.hears();
        var cause = failing(sold().id(), "feed");
        raise(cause, Severity.WARNING);
        for (int level = 1; level <= 2; level++) {
            tell(escalated(cause, level));
        }
        theNewsIsTold();
        assertThat(states(boss)).containsExactly("WAITING");
        raise(cause, Severity.CRITICAL);
        theNewsIsTold();
        assertThat(waiting(boss)).as("nobody has escalated that it is worse").hasSize(1);
        tell(escalated(cause, 3));
        assertThat(boss.hears()).startsWith("🔴");
        theNewsIsTold();
        assertThat(states(boss)).containsExactly("SENT");
    }

    private AlertEscalated escalated(Cause cause, int level) {
        var alert = alert(cause);
        return new AlertEscalated(alert.id(), alert.kind(), alert.severity(), level, Instant.now());
    }

    @ParameterizedTest
    @CsvSource({"WARNING, 1 2 2 2, 0 1 2 2", "CRITICAL, 1 2 3 4, 0 1 2 3"})
    void whatIsNotCriticalIsInsistedOnOnce(Severity severity, String ofAnna, String ofWhoDidNotWishToHear) {
        var boss = paired(someone("ADMINISTRATOR"), "en");
        forEverybodyElseItIsQuiet();
        var anna = manager();
        var cause = failing(sold().id(), "feed");
        raise(cause, severity);
        theNewsIsTold();
        var annas = new StringJoiner(" ").add(calls(anna));
        var bosses = new StringJoiner(" ").add(calls(boss));
        for (int level = 1; level <= 3; level++) {
            tell(escalated(cause, level));
            theNewsIsTold();
            annas.add(calls(anna));
            bosses.add(calls(boss));
        }
        assertThat(annas).hasToString(ofAnna);
        assertThat(bosses).hasToString(ofWhoDidNotWishToHear);
    }

    /** When all that waits is said. */
    private String calls(Phone phone) {
        await().untilAsserted(() -> assertThat(states(phone)).doesNotContain("WAITING"));
        return String.valueOf(outbox(phone).stream()
                .filter(it -> it.get("key").toString().startsWith("alert/"))
                .filter(it ->
                        it.get("kind").equals("Message") && it.get("state").equals("SENT"))
                .count());
    }
}
