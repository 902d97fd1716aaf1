package dev.kontor.notifications.rules;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import dev.kontor.accounts.AccountDeactivated;
import dev.kontor.accounts.AccountDeactivated.Reason;
import dev.kontor.accounts.RunFinished;
import dev.kontor.accounts.RunFinished.Status;
import dev.kontor.notifications.AlertKind;
import dev.kontor.notifications.Severity;
import dev.kontor.notifications.alerts.Alert;
import dev.kontor.notifications.alerts.Alert.State;

import static org.assertj.core.api.Assertions.assertThat;

class TroubledLoopModuleTests extends RuleFixture {

    private RunFinished run(String loop, Status status, Instant heldUntil) {
        clock.advance(Duration.ofMinutes(1));
        var now = clock.instant();
        return new RunFinished(
                UUID.randomUUID(), account, loop, status, 0, 0, Map.of(), now.minusSeconds(1), now, null, heldUntil);
    }

    private void runs(Status... statuses) {
        for (var status : statuses) {
            tell(run("feed", status, null));
        }
    }

    @Test
    void aLoopThatFailsThreeTimesInARowIsToldOf() {
        runs(Status.FAILED, Status.FAILED, Status.SUCCESS, Status.FAILED, Status.FAILED);
        assertThat(all()).isEmpty();
        runs(Status.FAILED, Status.FAILED);

        assertThat(alert().kind()).isEqualTo(AlertKind.SYNC_FAILING);
        assertThat(alert().severity()).isEqualTo(Severity.WARNING);
        assertThat(alert().count()).isEqualTo(2);
        assertThat(alert().facts().byKey()).isEqualTo(Map.of("loop", "feed", "inARow", 4L));
        assertThat(said(alert()))
                .isEqualTo("Cups on Fake: the reading of new orders fails. Runs that failed in a row: 4. Kontor goes on"
                        + " trying; the list of runs has the reason.");

        runs(Status.SUCCESS);
        assertThat(alert().state()).isEqualTo(State.RESOLVED);
    }

    @Test
    void aRunOfWhichAPartWasDoneIsNoFailure() {
        runs(Status.FAILED, Status.FAILED, Status.FAILED, Status.PARTIAL);
        assertThat(alert().state()).isEqualTo(State.RESOLVED);
    }

    @Test
    void aLoopThatIsNotWholeFiveTimesInARowIsToldOf() {
        runs(Status.PARTIAL, Status.FAILED, Status.PARTIAL, Status.FAILED);
        assertThat(all()).isEmpty();
        runs(Status.PARTIAL);

        assertThat(alert().kind()).isEqualTo(AlertKind.SYNC_PARTIAL);
        assertThat(alert().severity()).as("it is tried again").isEqualTo(Severity.INFO);
        assertThat(said(alert()))
                .startsWith("Cups on Fake: the reading of new orders is not whole. ")
                .contains("5");

        runs(Status.SUCCESS);
        assertThat(alert().state()).isEqualTo(State.RESOLVED);
    }

    @Test
    void aLoopThatIsNotWholeForLongIsWorse() {
        for (int times = 1; times < 20; times++) {
            runs(Status.PARTIAL);
        }
        assertThat(alert().severity()).isEqualTo(Severity.INFO);
        runs(Status.PARTIAL);
        assertThat(alert().severity()).isEqualTo(Severity.WARNING);
    }

    @Test
    void aLimitThatHoldsALoopForLongIsWorse() {
        tell(run("feed", Status.PARTIAL, clock.instant().plus(Duration.ofMinutes(119))));
        assertThat(alert().severity()).as("it goes on by itself").isEqualTo(Severity.INFO);
        tell(run("feed", Status.PARTIAL, clock.instant().plus(Duration.ofMinutes(121))));
        assertThat(alert().severity()).isEqualTo(Severity.WARNING);
    }

    @Test
    void whoWaitsForAMarketplaceIsWellHoweverLongItTakes() {
        for (int times = 0; times < 12; times++) {
            tell(run("backfill", Status.PARTIAL, clock.instant().plusSeconds(200)));
        }
        assertThat(all()).isEmpty();
    }

    @Test
    void eachLoopCountsForItself() {
        for (int times = 0; times < 2; times++) {
            tell(run("feed", Status.FAILED, null));
            tell(run("sweep", Status.FAILED, null));
        }
        assertThat(all()).isEmpty();

        tell(run("feed", Status.FAILED, null));
        tell(run("sweep", Status.FAILED, null));
        assertThat(all()).hasSize(2);
    }

    @Test
    void aRunThatIsToldOfTwiceOrTooLateCountsNothing() {
        var late = run("feed", Status.FAILED, null);
        var second = run("feed", Status.FAILED, null);
        tell(run("feed", Status.FAILED, null));
        tell(second);
        tell(late);
        assertThat(all()).isEmpty();

        var well = run("feed", Status.SUCCESS, null);
        var last = run("feed", Status.FAILED, null);
        tell(last);
        tell(last);
        tell(well);
        assertThat(all()).isEmpty();
    }

    @Test
    void whatAnAccountThatIsStoppedDidNotManageIsOfNoInterest() {
        runs(Status.FAILED, Status.FAILED, Status.FAILED);
        tell(new AccountDeactivated(account, Reason.PAUSED, clock.instant()));
        assertThat(alert().state()).isEqualTo(State.RESOLVED);

        runs(Status.FAILED, Status.FAILED);
        assertThat(alert().state()).as("it begins anew").isEqualTo(State.RESOLVED);
    }

    @Test
    void aLoopOfKontorsOwnIsToldOfToo() {
        for (int times = 0; times < 3; times++) {
            clock.advance(Duration.ofHours(6));
            tell(new RunFinished(
                    UUID.randomUUID(),
                    null,
                    "inventory-retention",
                    Status.FAILED,
                    0,
                    0,
                    Map.of(),
                    clock.instant(),
                    clock.instant(),
                    "it was cut off"));
        }
        assertThat(about("kontor", AlertKind.SYNC_FAILING))
                .returns(AlertKind.SYNC_FAILING, Alert::kind)
                .returns(State.OPEN, Alert::state);
        assertThat(said(about("kontor", AlertKind.SYNC_FAILING))).startsWith("Kontor: inventory-retention fails. ");
    }
}
