package dev.kontor.operations.runs;

import java.util.Map;

import org.springframework.modulith.events.ApplicationModuleListener;
import org.springframework.stereotype.Component;

import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.RunFinished;
import dev.kontor.accounts.RunFinished.Status;
import dev.kontor.privacy.RetentionFinished;

/** Keeps the rounds of the retention among the other runs, as {@code buyer-retention}. */
@Component
class ForgettingLedger {

    private final SyncRuns runs;

    ForgettingLedger(SyncRuns runs) {
        this.runs = runs;
    }

    @ApplicationModuleListener
    void on(RetentionFinished event) {
        runs.add(new RunFinished(
                event.id(),
                new AccountId(event.account()),
                "buyer-retention",
                event.error() == null ? Status.SUCCESS : event.forgotten() > 0 ? Status.PARTIAL : Status.FAILED,
                event.forgotten(),
                event.forgotten(),
                Map.of(),
                event.startedAt(),
                event.finishedAt(),
                event.error()));
    }
}
