package dev.kontor;

import java.time.Duration;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.modulith.events.FailedEventPublications;
import org.springframework.modulith.events.ResubmissionOptions;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;

/** What a listener could not do, because the database was away or two were in each other's way, it does a minute later. */
@Configuration(proxyBeanMethods = false)
class FailedEvents {

    static final String TASK = "failed-events";

    @Bean
    Task<Void> failedEventsResubmission(FailedEventPublications failed) {
        return Tasks.recurring(TASK, FixedDelay.of(Duration.ofMinutes(1)))
                .execute((instance, context) -> failed.resubmit(ResubmissionOptions.defaults()));
    }
}
