package dev.kontor.access.keys;

import java.time.Clock;
import java.time.Duration;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;

/** Reminds of keys that expire, and forgets secrets that have ended. */
@Configuration(proxyBeanMethods = false)
class KeyJob {

    /** So long whoever uses an old one still learns that it was replaced, and when. */
    private static final Duration ENDED_KEPT = Duration.ofDays(30);

    @Bean
    Task<Void> apiKeyReminders(ExpiryReminders reminders, KeySecrets secrets, Clock clock) {
        return Tasks.recurring("access-api-keys", FixedDelay.of(Duration.ofMinutes(10)))
                .execute((instance, context) -> {
                    reminders.remind();
                    secrets.forgetEndedBefore(clock.instant().minus(ENDED_KEPT));
                });
    }
}
