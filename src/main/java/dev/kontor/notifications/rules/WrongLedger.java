package dev.kontor.notifications.rules;

import org.springframework.modulith.events.ApplicationModuleListener;
import org.springframework.stereotype.Component;

import dev.kontor.accounts.RunFinished;
import dev.kontor.accounts.RunFinished.Status;
import dev.kontor.notifications.AlertKind;
import dev.kontor.notifications.alerts.Cause;
import dev.kontor.notifications.alerts.Facts;
import dev.kontor.notifications.alerts.Raising;
import dev.kontor.notifications.alerts.Sighting;
import dev.kontor.notifications.alerts.Subject;

/** The proof of the ledger has failed: once is enough. */
@Component
class WrongLedger {

    private static final String PROOF = "inventory-proof";

    private final Raising raising;

    WrongLedger(Raising raising) {
        this.raising = raising;
    }

    @ApplicationModuleListener
    void on(RunFinished run) {
        if (!run.kind().equals(PROOF)) {
            return;
        }
        var cause = new Cause(AlertKind.LEDGER_WRONG, Subject.KONTOR);
        if (run.status() == Status.FAILED) {
            raising.raise(cause, Sighting.of(run.id(), Facts.none(), run.finishedAt()));
        } else {
            raising.gone(cause, run.finishedAt());
        }
    }
}
