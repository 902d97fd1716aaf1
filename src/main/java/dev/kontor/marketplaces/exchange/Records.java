package dev.kontor.marketplaces.exchange;

import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.exchange.ExchangeProperties.Log;

/** Notes and measures every attempt. */
@Component
class Records {

    private final MeterRegistry meters;
    private final LogWriter writer;
    private final Log settings;

    Records(MeterRegistry meters, LogWriter writer, ExchangeProperties properties) {
        this.meters = meters;
        this.writer = writer;
        this.settings = properties.log();
    }

    /** A call that was handed back before anything left the house. */
    <T> Answer<T> unsent(Call call, Answer<T> answer) {
        meters.counter("kontor.exchange.unsent", tags(call)).increment();
        return answer;
    }

    void sent(Call call, Attempt attempt, Answer<?> answer) {
        var nanos = attempt.elapsedNanos();
        var outcome = answer.getClass().getSimpleName();
        meters.timer("kontor.exchange.attempts", tags(call).and("outcome", outcome))
                .record(nanos, TimeUnit.NANOSECONDS);
        writer.add(new LoggedAttempt(
                0,
                attempt.askedAt(),
                call.account(),
                call.marketplace().value(),
                call.operation().name(),
                attempt.method(),
                Masking.path(attempt.uri(), attempt.harmless()),
                attempt.status() == 0 ? null : attempt.status(),
                (int) TimeUnit.NANOSECONDS.toMillis(nanos),
                RateHeaders.all(attempt.headers()),
                RateHeaders.trace(attempt.headers()),
                attempt.number(),
                outcome,
                body(attempt, answer)));
    }

    private @Nullable String body(Attempt attempt, Answer<?> answer) {
        return switch (settings.bodies()) {
            case NONE -> null;
            case FAILURES -> answer instanceof Answer.Ok<?> ? null : Masking.body(attempt, settings.bodyLength());
            case ALL -> Masking.body(attempt, settings.bodyLength());
        };
    }

    private static Tags tags(Call call) {
        return Tags.of(
                "marketplace",
                call.marketplace().value(),
                "operation",
                call.operation().name());
    }
}
