package dev.kontor.privacy.vault;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import com.github.kagkarlsson.scheduler.task.schedule.Schedules;

/** A round every night, by one instance under the scheduler's lease; again within the hour where it failed. */
@Configuration(proxyBeanMethods = false)
class RetentionSchedule {

    private static final Duration AFTER_FAILURE = Duration.ofHours(1);

    @Bean
    RecurringTask<Void> privacyRetention(Retention retention, Clock clock) {
        return Tasks.recurring("privacy-retention", Schedules.daily(ZoneOffset.UTC, LocalTime.of(3, 10)))
                .onFailure((complete, operations) ->
                        operations.reschedule(complete, clock.instant().plus(AFTER_FAILURE)))
                .execute((instance, context) -> {
                    if (!retention.run()) {
                        throw new IllegalStateException("buyers of some accounts could not be forgotten in time");
                    }
                });
    }

    @Bean
    RecurringTask<Void> privacyRetentionWatch(RetentionWatch watch) {
        return Tasks.recurring("privacy-retention-watch", FixedDelay.of(Duration.ofHours(1)))
                .execute((instance, context) -> watch.look());
    }
}
