package dev.kontor.accounts.calendar;

import java.time.Duration;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;

import dev.kontor.access.SealedColumn;

/** Looks at the calendar every hour. */
@Configuration(proxyBeanMethods = false)
class RotationJob {

    @Bean
    Task<Void> rotationReminderJob(ApplicationSecrets secrets, RotationReminders reminders) {
        return Tasks.recurring("account-rotations", FixedDelay.of(Duration.ofHours(1)))
                .execute((instance, context) -> {
                    secrets.look();
                    reminders.remind();
                });
    }

    @Bean
    SealedColumn applicationSecretsColumn() {
        return new SealedColumn("accounts.application_secrets", "id", "sealed", ApplicationSecrets::context);
    }
}
