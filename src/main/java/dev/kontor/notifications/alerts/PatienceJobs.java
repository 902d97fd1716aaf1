package dev.kontor.notifications.alerts;

import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.Daily;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;

/** Sees every few seconds what time has done to alerts, and forgets old ones once a day. */
@Configuration(proxyBeanMethods = false)
class PatienceJobs {

    private static final Duration INTERVAL = Duration.ofSeconds(15);

    @Bean
    Task<Void> notificationsPatience(Patience patience) {
        return Tasks.recurring("notifications-patience", FixedDelay.of(INTERVAL))
                .execute((instance, context) -> patience.look());
    }

    @Bean
    Task<Void> notificationsRetention(Patience patience) {
        return Tasks.recurring("notifications-retention", new Daily(ZoneOffset.UTC, LocalTime.of(3, 40)))
                .execute((instance, context) -> patience.forget());
    }
}
