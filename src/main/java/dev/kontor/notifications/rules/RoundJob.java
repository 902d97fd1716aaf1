package dev.kontor.notifications.rules;

import java.time.Duration;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;

/** Looks every minute. */
@Configuration(proxyBeanMethods = false)
class RoundJob {

    private static final Logger log = LoggerFactory.getLogger(RoundJob.class);

    static final Duration INTERVAL = Duration.ofMinutes(1);

    @Bean
    Task<Void> notificationsRules(List<Round> rounds) {
        return Tasks.recurring("notifications-rules", FixedDelay.of(INTERVAL))
                .execute((instance, context) -> rounds.forEach(RoundJob::look));
    }

    /** One that fails keeps no other from its turn. */
    private static void look(Round round) {
        try {
            round.look();
        } catch (RuntimeException e) {
            log.error("The rule {} failed; it is tried again", round.getClass().getSimpleName(), e);
        }
    }
}
