package dev.kontor.accounts.hooks;

import java.time.Clock;
import java.time.Duration;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;

/** Sees to what nobody has seen to, and forgets what was told long ago. */
@Configuration(proxyBeanMethods = false)
class HookUpkeep {

    private static final Duration INTERVAL = Duration.ofSeconds(15);

    @Bean
    Task<Void> hooksUpkeep(Announcement announcement, Deliveries deliveries, HookProperties properties, Clock clock) {
        return Tasks.recurring("account-hooks", FixedDelay.of(INTERVAL)).execute((instance, context) -> {
            announcement.announceDue();
            deliveries.forget(clock.instant().minus(properties.kept()));
        });
    }
}
