package dev.kontor.notifications.webhooks;

import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.Daily;

import dev.kontor.notifications.couriers.Courier;
import dev.kontor.notifications.couriers.Signal;

/** Who sends what waits, and what is forgotten as time goes by. */
@Configuration(proxyBeanMethods = false)
class WebhookJobs {

    @Bean
    Signal webhookSignal() {
        return new Signal(1);
    }

    /** One looks for what is due; each message is sent by a thread of its own, which says when it is done. */
    @Bean
    @ConditionalOnProperty(name = "kontor.notifications.webhooks.sending", havingValue = "true", matchIfMissing = true)
    Courier webhookCourier(Signal webhookSignal, Dispatch dispatch) {
        return new Courier("webhooks", webhookSignal, Duration.ofSeconds(1), () -> {
            dispatch.round();
            return false;
        });
    }

    @Bean
    Task<Void> notificationsWebhooksRetention(WebhookUpkeep upkeep) {
        return Tasks.recurring("notifications-webhooks-retention", new Daily(ZoneOffset.UTC, LocalTime.of(3, 50)))
                .execute((instance, context) -> upkeep.forget());
    }
}
