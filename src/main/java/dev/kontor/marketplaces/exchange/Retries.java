package dev.kontor.marketplaces.exchange;

import java.util.Map;
import java.util.function.IntFunction;

import org.springframework.retry.RetryContext;
import org.springframework.retry.backoff.BackOffContext;
import org.springframework.retry.backoff.BackOffPolicy;
import org.springframework.retry.backoff.ExponentialBackOffPolicy;
import org.springframework.retry.backoff.ExponentialRandomBackOffPolicy;
import org.springframework.retry.policy.SimpleRetryPolicy;
import org.springframework.retry.support.RetryTemplate;
import org.springframework.stereotype.Component;

import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.exchange.Verdict.Settled;
import dev.kontor.marketplaces.exchange.Verdict.Transient;

/** The only place that knows with what calls are repeated. */
@Component
class Retries {

    private final RetryTemplate template = new RetryTemplate();

    Retries(ExchangeProperties properties) {
        var retry = properties.retry();
        var exponential = new ExponentialRandomBackOffPolicy();
        exponential.setInitialInterval(retry.delay().toMillis());
        exponential.setMultiplier(3);
        exponential.setMaxInterval(retry.maxDelay().toMillis());
        template.setBackOffPolicy(new PatientWhereItHelps(exponential));
        template.setRetryPolicy(new SimpleRetryPolicy(retry.attempts(), Map.of(WorthRepeating.class, true)));
    }

    /** @param attempt makes the attempt of that number, counted from 1 */
    <T> Answer<T> run(boolean repeatable, IntFunction<Verdict<T>> attempt) {
        return template.<Answer<T>, WorthRepeating>execute(
                context -> switch (attempt.apply(context.getRetryCount() + 1)) {
                    case Settled<T>(var answer) -> answer;
                    case Transient<T>(var answer, var atOnce) -> {
                        if (repeatable) {
                            throw new WorthRepeating(answer, atOnce);
                        }
                        yield answer;
                    }
                },
                context -> last(context));
    }

    private static <T> Answer<T> last(RetryContext context) {
        if (context.getLastThrowable() instanceof WorthRepeating last) {
            return last.answer.flatMap(value -> {
                throw new IllegalStateException("a success was repeated");
            });
        }
        throw new IllegalStateException("out of attempts for no known reason", context.getLastThrowable());
    }

    private static final class WorthRepeating extends RuntimeException {
        private final transient Answer<?> answer;
        private final boolean atOnce;

        WorthRepeating(Answer<?> answer, boolean atOnce) {
            super(null, null, false, false);
            this.answer = answer;
            this.atOnce = atOnce;
        }
    }

    /** Backs off, unless the last attempt has waited long enough already. */
    private record PatientWhereItHelps(ExponentialBackOffPolicy exponential) implements BackOffPolicy {

        private record Waiting(RetryContext context, BackOffContext exponential) implements BackOffContext {}

        @Override
        public BackOffContext start(RetryContext context) {
            return new Waiting(context, exponential.start(context));
        }

        @Override
        public void backOff(BackOffContext context) {
            var waiting = (Waiting) context;
            if (waiting.context().getLastThrowable() instanceof WorthRepeating last && last.atOnce) {
                return;
            }
            exponential.backOff(waiting.exponential());
        }
    }
}
