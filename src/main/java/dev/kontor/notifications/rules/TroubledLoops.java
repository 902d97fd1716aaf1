package dev.kontor.notifications.rules;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.modulith.events.ApplicationModuleListener;
import org.springframework.stereotype.Component;

import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.RunFinished;
import dev.kontor.accounts.RunFinished.Status;
import dev.kontor.notifications.AlertKind;
import dev.kontor.notifications.Severity;
import dev.kontor.notifications.alerts.Cause;
import dev.kontor.notifications.alerts.Fact;
import dev.kontor.notifications.alerts.Facts;
import dev.kontor.notifications.alerts.Raising;
import dev.kontor.notifications.alerts.Sighting;
import dev.kontor.notifications.alerts.Subject;
import dev.kontor.notifications.settings.Live;

/**
 * A loop that fails, or is not whole, several times in a row, or that a limit of its marketplace keeps waiting for long. To
 * wait for a while is no trouble: it goes on by itself.
 */
@Component
class TroubledLoops {

    /** So many times as long as what is worth an alert, a person may want to know at once. */
    private static final int TOO_LONG = 4;

    private final LoopRuns runs;
    private final Live<RuleProperties> properties;
    private final Raising raising;

    TroubledLoops(LoopRuns runs, Live<RuleProperties> properties, Raising raising) {
        this.runs = runs;
        this.properties = properties;
        this.raising = raising;
    }

    @ApplicationModuleListener
    void on(RunFinished run) {
        runs.note(run).ifPresent(streak -> {
            held(run); // in the order of their names, in which everybody locks several
            failing(run, streak.failed());
            partial(run, streak.unsuccessful());
        });
    }

    private void failing(RunFinished run, int inARow) {
        var cause = cause(AlertKind.SYNC_FAILING, run);
        if (run.status() != Status.FAILED) {
            raising.gone(cause, run.finishedAt());
        } else if (inARow >= properties.now().failedRuns()) {
            raising.raise(cause, sighting(run, facts(run).with(Fact.IN_A_ROW, inARow)));
        }
    }

    private void partial(RunFinished run, int inARow) {
        var cause = cause(AlertKind.SYNC_PARTIAL, run);
        if (run.status() == Status.SUCCESS) {
            raising.gone(cause, run.finishedAt());
        } else if (run.status() == Status.PARTIAL && inARow >= properties.now().partialRuns()) {
            raising.raise(
                    cause,
                    inTime(
                            sighting(run, facts(run).with(Fact.IN_A_ROW, inARow)),
                            inARow < properties.now().partialRuns() * TOO_LONG));
        }
    }

    /** What goes on by itself is worth knowing, and calling for when it does not for long. */
    private static Sighting inTime(Sighting sighting, boolean inTime) {
        return inTime ? sighting : sighting.as(Severity.WARNING);
    }

    private void held(RunFinished run) {
        var cause = cause(AlertKind.RATE_LIMITED, run);
        var until = run.heldUntil();
        var wait = until == null ? Duration.ZERO : Duration.between(run.finishedAt(), until);
        if (until != null && wait.compareTo(properties.now().held()) >= 0) {
            raising.raise(
                    cause,
                    inTime(
                            sighting(run, facts(run).with(Fact.UNTIL, until)),
                            wait.compareTo(properties.now().held().multipliedBy(TOO_LONG)) < 0));
        } else {
            raising.gone(cause, run.finishedAt());
        }
    }

    private static Facts facts(RunFinished run) {
        return Facts.none().with(Fact.LOOP, run.kind());
    }

    private static Sighting sighting(RunFinished run, Facts facts) {
        return Sighting.of(run.id(), facts, run.finishedAt());
    }

    private static Cause cause(AlertKind kind, RunFinished run) {
        return new Cause(kind, subject(run.account()), run.kind());
    }

    private static Subject subject(@Nullable AccountId account) {
        return account == null ? Subject.KONTOR : Subject.of(account);
    }
}
