package dev.kontor.orders.loops;

import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.RunFinished;
import dev.kontor.orders.DatabaseFailed;

/** Tells that a loop has run. */
@Component
class RunLog {

    private final ApplicationEventPublisher events;
    private final Clock clock;

    RunLog(ApplicationEventPublisher events, Clock clock) {
        this.events = events;
        this.clock = clock;
    }

    /** And that the database failed while it did. */
    @Transactional
    public void finishedWithoutDatabase(AccountId account, Loop.Kind kind, Run run, Instant startedAt) {
        finished(account, kind, run, startedAt);
        events.publishEvent(new DatabaseFailed(account, kind.name(), clock.instant()));
    }

    @Transactional
    public void finished(AccountId account, Loop.Kind kind, Run run, Instant startedAt) {
        events.publishEvent(new RunFinished(
                UUID.randomUUID(),
                account,
                kind.name(),
                run.status(),
                run.read(),
                run.changed(),
                run.skipped(),
                startedAt,
                clock.instant(),
                run.error(),
                run.heldUntil()));
    }
}
