package dev.kontor.accounts.register;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.RunFinished;
import dev.kontor.accounts.RunFinished.Status;

/** Announces, in the transaction that is going on, that a loop of an account has run. */
@Component
public class AccountRuns {

    private final ApplicationEventPublisher events;
    private final Clock clock;

    AccountRuns(ApplicationEventPublisher events, Clock clock) {
        this.events = events;
        this.clock = clock;
    }

    public void succeeded(AccountId account, String kind, Instant startedAt) {
        publish(account, kind, Status.SUCCESS, 1, startedAt, null);
    }

    public void failed(AccountId account, String kind, Instant startedAt, String error) {
        publish(account, kind, Status.FAILED, 0, startedAt, error);
    }

    private void publish(
            AccountId account, String kind, Status status, long changed, Instant startedAt, @Nullable String error) {
        events.publishEvent(new RunFinished(
                UUID.randomUUID(),
                account,
                kind,
                status,
                changed,
                changed,
                Map.of(),
                startedAt,
                clock.instant(),
                error));
    }
}
