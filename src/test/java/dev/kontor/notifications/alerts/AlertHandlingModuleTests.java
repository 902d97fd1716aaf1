package dev.kontor.notifications.alerts;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.LongConsumer;

import org.junit.jupiter.api.Test;

import dev.kontor.api.Conflict;
import dev.kontor.api.InvalidField;
import dev.kontor.api.NotFound;
import dev.kontor.api.PreconditionFailed;
import dev.kontor.notifications.AlertId;
import dev.kontor.notifications.alerts.Alert.State;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

/** What people make of an alert. */
class AlertHandlingModuleTests extends AlertFixture {

    @Test
    void peopleTakeSnoozeResolveAndReopen() {
        var id = raised();
        var until = clock.instant().plus(Duration.ofHours(3));
        assertThat(handling.take(id, ANNA, WHATEVER).handledBy()).isEqualTo(ANNA);
        assertThat(handling.take(id, BORIS, WHATEVER).handledBy()).isEqualTo(BORIS);
        assertThat(handling.snooze(id, ANNA, until, WHATEVER).snoozedUntil()).isEqualTo(until);
        assertThat(handling.resolve(id, ANNA, WHATEVER).resolvedBy()).isEqualTo(ANNA);
        var open = handling.reopen(id, BORIS, WHATEVER);

        assertThat(open.state()).isEqualTo(State.OPEN);
        assertThat(open.handledBy()).isNull();
        assertThat(open.resolvedAt()).isNull();
        assertThat(alerts.story(id))
                .extracting(Step::number, Step::what, Step::actor, Step::until)
                .containsExactly(
                        tuple(1, Step.What.RAISED, null, null),
                        tuple(2, Step.What.TAKEN, ANNA, null),
                        tuple(3, Step.What.TAKEN, BORIS, null),
                        tuple(4, Step.What.SNOOZED, ANNA, until),
                        tuple(5, Step.What.RESOLVED, ANNA, null),
                        tuple(6, Step.What.REOPENED, BORIS, null));
        assertThat(told.of(id))
                .containsExactly("RAISED WARNING", "TAKEN", "TAKEN", "SNOOZED", "RESOLVED BY A PERSON", "REOPENED");
    }

    @Test
    void sayingTheSameAgainChangesNothing() {
        var id = raised();
        var until = clock.instant().plus(Duration.ofHours(3));
        handling.take(id, ANNA, WHATEVER);
        long taken = handling.take(id, ANNA, refusing()).version();
        assertThat(alert().version()).isEqualTo(taken);
        handling.snooze(id, ANNA, until, WHATEVER);
        handling.snooze(id, ANNA, until, refusing());
        handling.resolve(id, ANNA, WHATEVER);
        handling.resolve(id, BORIS, refusing());
        handling.reopen(id, ANNA, WHATEVER);
        handling.reopen(id, ANNA, refusing());

        assertThat(alerts.story(id)).hasSize(5);
    }

    private static LongConsumer refusing() {
        return version -> {
            throw new PreconditionFailed("not this one");
        };
    }

    @Test
    void refusesAVersionThatTheCallerHasNotSeen() {
        var id = raised();
        assertThatThrownBy(() -> handling.take(id, ANNA, refusing())).isInstanceOf(PreconditionFailed.class);
        assertThat(alert().state()).isEqualTo(State.OPEN);
    }

    @Test
    void whatIsResolvedIsNotTakenNorSnoozed() {
        var id = raised();
        gone();
        assertThatThrownBy(() -> handling.take(id, ANNA, WHATEVER))
                .isInstanceOf(Conflict.class)
                .hasMessageContaining("reopen it first");
        assertThatThrownBy(() -> handling.snooze(id, ANNA, clock.instant().plusSeconds(60), WHATEVER))
                .isInstanceOf(Conflict.class);
    }

    @Test
    void aSnoozeLiesInTheFutureAndNotTooFar() {
        var id = raised();
        for (var until : List.of(
                clock.instant(),
                clock.instant().minusSeconds(1),
                clock.instant().plus(Duration.ofDays(30)).plusSeconds(1),
                Instant.MAX)) {
            assertThatThrownBy(() -> handling.snooze(id, ANNA, until, WHATEVER))
                    .isInstanceOf(InvalidField.class)
                    .hasMessageContaining("until must lie in the future, at most 30 days away");
        }
        handling.snooze(id, ANNA, clock.instant().plus(Duration.ofDays(30)), WHATEVER);
        assertThat(alert().state()).isEqualTo(State.SNOOZED);
    }

    @Test
    void anOldAlertIsNotReopenedBesideANewOne() {
        var old = raised();
        gone();
        clock.advance(properties.damping());
        raising.raise(cause, sighting(3));

        assertThatThrownBy(() -> handling.reopen(old, ANNA, WHATEVER))
                .isInstanceOf(Conflict.class)
                .hasMessageContaining(all().getFirst().id().toString());
    }

    @Test
    void nobodyHandlesWhatIsNotThere() {
        var nothing = new AlertId(UUID.randomUUID());
        assertThatThrownBy(() -> handling.take(nothing, ANNA, WHATEVER)).isInstanceOf(NotFound.class);
    }

    @Test
    void whatBecameOfAnAlertCannotBeChanged() {
        raised();
        assertThatThrownBy(() -> jdbc.sql("update notifications.alert_history set actor = 'nobody'")
                        .update())
                .hasMessageContaining("append-only");
        assertThatThrownBy(
                        () -> jdbc.sql("truncate notifications.alert_history").update())
                .hasMessageContaining("append-only");
    }
}
