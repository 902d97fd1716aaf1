package dev.kontor.notifications.mail;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;

import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.Daily;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;

import dev.kontor.notifications.couriers.Courier;
import dev.kontor.notifications.couriers.Signal;

/** Who mails what waits, what is mailed as time goes by, and what is forgotten. */
@Configuration(proxyBeanMethods = false)
class MailJobs {

    private static final Duration CODES_COUNT = Duration.ofDays(1);

    /** Mails that one instance sends at the same time. */
    private static final int AT_ONCE = 2;

    @Bean
    Signal mailSignal() {
        return new Signal(AT_ONCE);
    }

    @Bean
    @ConditionalOnExpression("!'${kontor.mail.host:}'.isBlank() and ${kontor.mail.sending:true}")
    Courier mailCourier(Signal mailSignal, MailDispatch dispatch) {
        return new Courier("mail", mailSignal, Duration.ofSeconds(2), dispatch::one);
    }

    @Bean
    Task<Void> mailRetention(MailOutbox outbox, Subscriptions subscriptions, Clock clock) {
        return Tasks.recurring("mail-retention", new Daily(ZoneOffset.UTC, LocalTime.of(3, 55)))
                .execute((instance, context) -> {
                    outbox.forget();
                    subscriptions.forgetCodes(clock.instant().minus(CODES_COUNT));
                });
    }

    /** Where no mail server is known any more it says nothing. */
    @Bean
    Task<Void> mailMinute(MailProperties properties, MailDigest digest, Undelivered undelivered) {
        return Tasks.recurring("mail-minute", FixedDelay.of(Duration.ofMinutes(1)))
                .execute((instance, context) -> {
                    if (properties.on()) {
                        digest.look();
                        undelivered.look();
                    }
                });
    }
}
