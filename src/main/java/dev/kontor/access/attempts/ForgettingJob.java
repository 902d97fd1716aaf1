package dev.kontor.access.attempts;

import java.time.Duration;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;

/** Deletes what has no effect any more. */
@Configuration(proxyBeanMethods = false)
class ForgettingJob {

    @Bean
    Task<Void> accessForgetting(FailedAttempts failures, KnownPlaces places) {
        return Tasks.recurring("access-forgetting", FixedDelay.of(Duration.ofHours(1)))
                .execute((instance, context) -> {
                    failures.sweep();
                    places.sweep();
                });
    }
}
