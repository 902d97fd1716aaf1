package dev.kontor.marketplaces.exchange;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClientException;

import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Answer.Rejected;
import dev.kontor.marketplaces.Answer.Throttled;
import dev.kontor.marketplaces.Answer.Unavailable;
import dev.kontor.marketplaces.Connection;
import dev.kontor.marketplaces.Drift;
import dev.kontor.marketplaces.exchange.Verdict.Settled;

/**
 * The one way in which adapters talk to marketplaces. It keeps to the rate limits, repeats what may be repeated, writes
 * everything down, and says what came of it without ever throwing for what is to be expected of a remote system.
 */
@Component
public class Exchange {

    private final Budgets budgets;
    private final Pauses pauses;
    private final Retries retries;
    private final Judge judge;
    private final Records records;
    private final Drift drift;
    private final Clock clock;

    Exchange(Budgets budgets, Pauses pauses, Retries retries, Judge judge, Records records, Drift drift, Clock clock) {
        this.budgets = budgets;
        this.pauses = pauses;
        this.retries = retries;
        this.judge = judge;
        this.records = records;
        this.drift = drift;
        this.clock = clock;
    }

    /** @param request calls one method of a client of {@link ApiClients}, once */
    public <T> Answer<T> perform(Call call, Runnable request, Translation<T> translation) {
        var paused = pauses.until(call);
        if (paused.isPresent()) {
            return records.unsent(call, new Throttled<>(paused.get()));
        }
        var answer = retries.run(call.operation().idempotent(), number -> attempt(call, number, request, translation));
        pauses.learn(call, answer);
        return answer;
    }

    private <T> Verdict<T> attempt(Call call, int number, Runnable request, Translation<T> translation) {
        Optional<Instant> notBefore;
        try {
            notBefore = budgets.acquire(call);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Settled<>(new Unavailable<>("interrupted while waiting for its turn"));
        }
        if (notBefore.isPresent()) {
            return new Settled<>(records.unsent(call, new Throttled<>(notBefore.get())));
        }
        if (!call.wanted().getAsBoolean()) {
            return new Settled<>(records.unsent(
                    call, new Rejected<>(Connection.UNWANTED, "nobody wanted it any more when it had its turn")));
        }
        var attempt = new Attempt(clock.instant(), number);
        send(attempt, request);
        var verdict = judge.judge(call.operation(), attempt, translation);
        learn(call, attempt, verdict.answer());
        translation.perMinute(attempt.headers()).ifPresent(pace -> budgets.pace(call, pace));
        records.sent(call, attempt, verdict.answer());
        return verdict;
    }

    private static void send(Attempt attempt, Runnable request) {
        try {
            ScopedValue.where(Attempt.CURRENT, attempt).run(request);
        } catch (RestClientException e) {
            if (attempt.failure() == null) {
                throw e; // not the marketplace's fault
            }
        }
    }

    private void learn(Call call, Attempt attempt, Answer<?> answer) {
        if (!attempt.mended().isEmpty()) {
            drift.seen(
                    call.marketplace(),
                    Drift.Kind.FIELD,
                    attempt.mended().stream()
                            .map(field -> field + " (signs that cannot be stored)")
                            .toList());
        }
        if (attempt.status() == 429 && answer instanceof Throttled<?>(var until)) {
            budgets.ban(call, until);
        }
        RateHeaders.left(attempt.headers()).ifPresent(left -> budgets.left(call, left));
    }
}
