package dev.kontor.operations.silence;

import java.time.Duration;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;

/** Looks every few seconds who is due. */
@Configuration(proxyBeanMethods = false)
class WatchJob {

    private static final Duration PAUSE = Duration.ofSeconds(2);

    @Bean
    Task<Void> operationsSilence(Watch watch) {
        return Tasks.recurring("operations-silence", FixedDelay.of(PAUSE))
                .execute((instance, context) -> watch.begin());
    }
}
