package dev.kontor.operations.runs;

import org.springframework.modulith.events.ApplicationModuleListener;
import org.springframework.stereotype.Component;

import dev.kontor.accounts.RunFinished;

/** Keeps every run. */
@Component
class RunLedger {

    private final SyncRuns runs;

    RunLedger(SyncRuns runs) {
        this.runs = runs;
    }

    @ApplicationModuleListener
    void on(RunFinished event) {
        runs.add(event);
    }
}
