package dev.kontor.operations.runs;

import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.Daily;

/** Drops runs by whole days when they are old enough. */
@Configuration(proxyBeanMethods = false)
class RunRetention {

    @Bean
    Task<Void> operationsRunRetention(
            SyncRuns runs, Clock clock, @Value("${kontor.operations.keep-runs-days:90}") int days) {
        return Tasks.recurring("operations-run-retention", new Daily(ZoneOffset.UTC, LocalTime.of(3, 10)))
                .execute((instance, context) -> runs.dropBefore(
                        LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(days)));
    }
}
