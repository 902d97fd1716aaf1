package dev.kontor.marketplaces.exchange;

import java.util.concurrent.TimeUnit;

import org.springframework.stereotype.Component;

import io.micrometer.core.instrument.MeterRegistry;

import dev.kontor.marketplaces.Answer;

/** Notes and measures every attempt. */
@Component
class Records {

    private final MeterRegistry meters;

    Records(MeterRegistry meters) {
        this.meters = meters;
    }

    /** A call that was handed back before anything left the house. */
    <T> Answer<T> unsent(Call call, Answer<T> answer) {
        meters.counter(
                        "kontor.exchange.unsent",
                        "marketplace",
                        call.marketplace().value(),
                        "operation",
                        call.operation().name())
                .increment();
        return answer;
    }

    void sent(Call call, Attempt attempt, Answer<?> answer) {
        meters.timer(
                        "kontor.exchange.attempts",
                        "marketplace",
                        call.marketplace().value(),
                        "operation",
                        call.operation().name(),
                        "outcome",
                        answer.getClass().getSimpleName())
                .record(attempt.elapsedNanos(), TimeUnit.NANOSECONDS);
    }
}
