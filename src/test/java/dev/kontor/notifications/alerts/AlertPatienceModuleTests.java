package dev.kontor.notifications.alerts;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import dev.kontor.notifications.AlertId;
import dev.kontor.notifications.AlertKind;
import dev.kontor.notifications.Severity;
import dev.kontor.notifications.alerts.Alert.State;

import static org.assertj.core.api.Assertions.assertThat;

/** What time makes of an alert. */
class AlertPatienceModuleTests extends AlertFixture {

    @Test
    void escalatesWhatNobodyTakesLevelByLevel() {
        var id = raised();
        wait(Duration.ofHours(4).minusSeconds(1));
        assertThat(alert().level()).isZero();
        wait(Duration.ofSeconds(1));
        patience.look();
        assertThat(alert().level()).isEqualTo(1);
        for (int times = 0; times < 5; times++) {
            wait(Duration.ofHours(4));
        }
        assertThat(alert().level()).isEqualTo(3);
        assertThat(told.of(id)).containsExactly("RAISED WARNING", "ESCALATED 1", "ESCALATED 2", "ESCALATED 3");
    }

    @Test
    void escalatesOnceHoweverManyLook() throws Exception {
        var id = raised();
        clock.advance(Duration.ofHours(4));
        List<Callable<Object>> looks = IntStream.range(0, 16)
                .mapToObj(_ -> Executors.callable(() -> patience.look()))
                .toList();
        atOnce(looks);

        assertThat(told.of(id)).containsExactly("RAISED WARNING", "ESCALATED 1");
    }

    @Test
    void whatIsTakenIsNotEscalatedNorWhatIsOnlySaid() {
        var taken = raised();
        handling.take(taken, ANNA, WHATEVER);
        wait(Duration.ofDays(3));
        assertThat(alert().level()).isZero();

        cause = new Cause(AlertKind.SYNC_FAILING, Subject.of(account), "said");
        raising.raise(cause, sighting(3).as(Severity.INFO));
        wait(Duration.ofDays(3));
        assertThat(all()).extracting(Alert::level).containsOnly(0);
    }

    @Test
    void aSnoozeEnds() {
        var id = raised();
        handling.snooze(id, ANNA, clock.instant().plus(Duration.ofDays(1)), WHATEVER);
        wait(Duration.ofDays(1).minusSeconds(1));
        assertThat(alert().state()).isEqualTo(State.SNOOZED);

        wait(Duration.ofSeconds(1));
        assertThat(alert().state()).isEqualTo(State.OPEN);
        assertThat(alert().handledBy()).isNull();
        assertThat(alert().escalateAt()).isEqualTo(clock.instant().plus(Duration.ofHours(4)));
        assertThat(told.of(id)).containsExactly("RAISED WARNING", "SNOOZED", "WOKEN");
    }

    @Test
    void forgetsWhatWasResolvedLongAgo() {
        var old = raised();
        gone();
        clock.advance(properties.damping());
        var open = raisedBeside();
        clock.advance(properties.keep());
        patience.forget();

        assertThat(all()).extracting(Alert::id).containsExactly(open).doesNotContain(old);
        assertThat(jdbc.sql("select count(*) from notifications.occurrences where cause = ?")
                        .param(cause.key())
                        .query(Long.class)
                        .single())
                .as("of what is still open nothing is forgotten")
                .isEqualTo(2);
        gone();
        patience.forget();
        assertThat(jdbc.sql("select count(*) from notifications.occurrences where cause = ?")
                        .param(cause.key())
                        .query(Long.class)
                        .single())
                .isZero();
    }

    private AlertId raisedBeside() {
        raising.raise(cause, sighting(3));
        return all().getFirst().id();
    }
}
