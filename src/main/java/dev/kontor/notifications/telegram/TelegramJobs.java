package dev.kontor.notifications.telegram;

import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.Daily;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;

/** What the bot says by itself as time goes by, and what it forgets. */
@Configuration(proxyBeanMethods = false)
class TelegramJobs {

    @Bean
    Task<Void> telegramRetention(
            Updates updates,
            Outbox outbox,
            Bundles bundles,
            Buttons buttons,
            Strangers strangers,
            ObjectProvider<AlertNews> news) {
        return Tasks.recurring("telegram-retention", new Daily(ZoneOffset.UTC, LocalTime.of(3, 50)))
                .execute((instance, context) -> {
                    updates.forget();
                    outbox.forget();
                    bundles.forget();
                    buttons.forget();
                    strangers.forget();
                    news.ifAvailable(AlertNews::forget);
                });
    }

    /** Where there is no bot any more it does nothing. */
    @Bean
    Task<Void> telegramMinute(
            ObjectProvider<StatusMessages> status,
            ObjectProvider<Digest> digest,
            ObjectProvider<ConnectSteps> connecting) {
        return Tasks.recurring("telegram-minute", FixedDelay.of(Duration.ofMinutes(1)))
                .execute((instance, context) -> {
                    connecting.ifAvailable(ConnectSteps::look);
                    digest.ifAvailable(Digest::look);
                    status.ifAvailable(StatusMessages::look);
                });
    }
}
