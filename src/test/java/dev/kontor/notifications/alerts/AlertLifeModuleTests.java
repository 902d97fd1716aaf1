package dev.kontor.notifications.alerts;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

import dev.kontor.notifications.AlertKind;
import dev.kontor.notifications.Severity;
import dev.kontor.notifications.alerts.Alert.State;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What causes make of an alert. */
class AlertLifeModuleTests extends AlertFixture {

    // Raised by a cause

    @Test
    void oneAlertTellsOfACauseHoweverOftenItShows() {
        var first = clock.instant();
        var id = raised();
        clock.advance(Duration.ofMinutes(1));
        raising.raise(cause, sighting(4));

        var alert = alert();
        assertThat(alert.state()).isEqualTo(State.OPEN);
        assertThat(alert.severity()).isEqualTo(Severity.WARNING);
        assertThat(alert.count()).isEqualTo(2);
        assertThat(alert.firstSeenAt()).isEqualTo(first);
        assertThat(alert.lastSeenAt()).isEqualTo(first.plusSeconds(60));
        assertThat(alert.facts().byKey()).isEqualTo(Map.of("inARow", 4L));
        assertThat(told.of(id)).containsExactly("RAISED WARNING");
        assertThat(story(id)).containsExactly(Step.What.RAISED);
    }

    @Test
    void differentPartsOfASubjectAreDifferentCauses() {
        raised();
        raising.raise(new Cause(AlertKind.SYNC_FAILING, Subject.of(account), "sweep"), sighting(3));
        raising.raise(new Cause(AlertKind.SYNC_PARTIAL, Subject.of(account), "feed"), sighting(3));

        assertThat(all()).hasSize(3);
    }

    @Test
    void anOccurrenceThatIsToldOfAgainCountsOnce() {
        var sighting = sighting(3);
        raising.raise(cause, sighting);
        raising.raise(cause, sighting);
        gone();
        raising.raise(cause, sighting);

        assertThat(alert().count()).isEqualTo(1);
        assertThat(alert().state()).isEqualTo(State.RESOLVED);
    }

    @Test
    void lookingAgainCountsNothing() {
        var facts = Facts.none().with(Fact.IN_A_ROW, 9);
        raised();
        clock.advance(Duration.ofMinutes(1));
        raising.look(cause, () -> Optional.of(Sighting.now(facts, clock.instant())));

        assertThat(alert().count()).isEqualTo(1);
        assertThat(alert().facts()).isEqualTo(facts);
        assertThat(alert().lastSeenAt()).isEqualTo(clock.instant());

        raising.look(cause, Optional::empty);
        assertThat(alert().state()).isEqualTo(State.RESOLVED);
    }

    @Test
    void whoeverRaisesAtTheSameTimeRaisesTheSameAlert() throws Exception {
        var sightings = IntStream.range(0, 20).mapToObj(this::sighting).toList();
        var actions = new ArrayList<Callable<Object>>();
        for (int twice = 0; twice < 2; twice++) {
            sightings.forEach(sighting -> actions.add(Executors.callable(() -> raising.raise(cause, sighting))));
        }
        atOnce(actions);

        assertThat(alert().count()).isEqualTo(20);
        assertThat(told.of(alert().id())).containsExactly("RAISED WARNING");
    }

    @Test
    void theDatabaseItselfRefusesASecondOpenAlertOfACause() {
        raised();
        assertThatThrownBy(() ->
                        transaction.executeWithoutResult(_ -> alerts.add(cause, Severity.INFO, sighting(3), null)))
                .isInstanceOf(DataAccessException.class);
    }

    @Test
    void nothingIsToldOfWhatWasUndone() {
        transaction.executeWithoutResult(status -> {
            raising.raise(cause, sighting(3));
            status.setRollbackOnly();
        });
        assertThat(all()).isEmpty();
    }

    // Gone, and back

    @Test
    void resolvesItselfWhenTheCauseIsGone() {
        var id = raised();
        clock.advance(Duration.ofMinutes(1));
        gone();
        gone();

        assertThat(alert().state()).isEqualTo(State.RESOLVED);
        assertThat(alert().resolvedAt()).isEqualTo(clock.instant());
        assertThat(alert().resolvedBy()).isNull();
        assertThat(told.of(id)).containsExactly("RAISED WARNING", "RESOLVED");
        assertThat(story(id)).containsExactly(Step.What.RAISED, Step.What.RESOLVED);
    }

    @Test
    void aCauseThatComesAndGoesIsAnnouncedOnce() {
        var id = raised();
        for (int times = 0; times < 5; times++) {
            clock.advance(properties.damping().minusSeconds(1));
            gone();
            clock.advance(properties.damping().minusSeconds(1));
            raising.raise(cause, sighting(3));
        }
        assertThat(alert().id()).isEqualTo(id);
        assertThat(alert().count()).isEqualTo(6);
        assertThat(told.of(id).stream().filter(what -> what.startsWith("RAISED")))
                .hasSize(1);
        assertThat(told.of(id).stream().filter("REOPENED"::equals)).hasSize(5);
    }

    @Test
    void aCauseThatStayedAwayForLongIsANewAlert() {
        raised();
        gone();
        clock.advance(properties.damping());
        raising.raise(cause, sighting(3));

        assertThat(all()).extracting(Alert::state).containsExactly(State.OPEN, State.RESOLVED);
        assertThat(told.of(all().getFirst().id())).containsExactly("RAISED WARNING");
    }

    @Test
    void whoSawToItStillDoesWhenItComesBack() {
        handling.take(raised(), ANNA, WHATEVER);
        gone();
        raising.raise(cause, sighting(3));

        assertThat(alert().state()).isEqualTo(State.TAKEN);
        assertThat(alert().handledBy()).isEqualTo(ANNA);
    }

    @Test
    void whatWasSnoozedIsStillWhenItComesBack() {
        var until = clock.instant().plus(Duration.ofHours(2));
        handling.snooze(raised(), ANNA, until, WHATEVER);
        gone();
        raising.raise(cause, sighting(3));
        assertThat(alert().state()).isEqualTo(State.SNOOZED);
        assertThat(alert().snoozedUntil()).isEqualTo(until);

        gone();
        raising.raise(cause, sighting(3).as(Severity.CRITICAL));
        assertThat(alert().state()).as("worse than what was snoozed").isEqualTo(State.OPEN);
    }

    @Test
    void whatAPersonSaysIsOverIsOpenAgainWhenItShowsAgain() {
        var id = raised();
        handling.resolve(id, ANNA, WHATEVER);
        raising.raise(cause, sighting(3));

        assertThat(alert().state()).isEqualTo(State.OPEN);
        assertThat(alert().escalateAt()).isEqualTo(clock.instant().plus(Duration.ofHours(4)));
        assertThat(told.of(id)).containsExactly("RAISED WARNING", "RESOLVED BY A PERSON", "REOPENED");
    }

    @Test
    void whatComesAndGoesIsEscalatedAsIfItHadNeverBeenAway() {
        var id = raised();
        clock.advance(Duration.ofHours(4).minusMinutes(1));
        gone();
        wait(Duration.ofMinutes(1));
        assertThat(told.of(id)).doesNotContain("ESCALATED 1");

        raising.raise(cause, sighting(3));
        patience.look();
        assertThat(told.of(id)).contains("ESCALATED 1");
    }

    // Occurrences that end

    @Test
    void endsWithTheLastOccurrenceThatHasNotEnded() {
        raising.raise(cause, Sighting.of("one", Facts.none(), clock.instant()));
        raising.raise(cause, Sighting.of("two", Facts.none(), clock.instant()));
        raising.end(cause, "one", clock.instant());
        raising.end(cause, "one", clock.instant());
        assertThat(alert().state()).isEqualTo(State.OPEN);

        raising.end(cause, "two", clock.instant());
        assertThat(alert().state()).isEqualTo(State.RESOLVED);
    }

    @Test
    void anOccurrenceOfWhichTheEndIsToldFirstRaisesNothing() {
        raising.end(cause, "one", clock.instant());
        raising.raise(cause, Sighting.of("one", Facts.none(), clock.instant()));

        assertThat(all()).isEmpty();
    }

    @Test
    void whatIsNotSeenForLongIsGone() {
        raising.raise(cause, sighting(3).until(Duration.ofHours(1)));
        wait(Duration.ofMinutes(50));
        raising.raise(cause, sighting(3).until(Duration.ofHours(1)));
        wait(Duration.ofMinutes(59));
        assertThat(alert().state()).isEqualTo(State.OPEN);

        wait(Duration.ofMinutes(1));
        assertThat(alert().state()).isEqualTo(State.RESOLVED);
    }

    // Severity

    @Test
    void tellsWhenItGetsWorseOrBetter() {
        var id = raised();
        raising.raise(cause, sighting(3).as(Severity.CRITICAL));
        raising.raise(cause, sighting(3).as(Severity.CRITICAL));
        assertThat(alert().escalateAt()).isEqualTo(clock.instant().plus(Duration.ofMinutes(15)));
        raising.raise(cause, sighting(3));

        assertThat(told.of(id)).containsExactly("RAISED WARNING", "WORSENED CRITICAL", "EASED WARNING");
        assertThat(alerts.story(id))
                .extracting(Step::severity)
                .containsExactly(Severity.WARNING, Severity.CRITICAL, Severity.WARNING);
    }

    @Test
    void whatGetsWorseIsHeardOfInSpiteOfASnooze() {
        var id = raised();
        handling.snooze(id, ANNA, clock.instant().plus(Duration.ofHours(1)), WHATEVER);
        raising.raise(cause, sighting(3));
        assertThat(alert().state()).isEqualTo(State.SNOOZED);

        raising.raise(cause, sighting(3).as(Severity.CRITICAL));
        assertThat(alert().state()).isEqualTo(State.OPEN);
        assertThat(told.of(id)).containsExactly("RAISED WARNING", "SNOOZED", "WORSENED CRITICAL");
    }
}
