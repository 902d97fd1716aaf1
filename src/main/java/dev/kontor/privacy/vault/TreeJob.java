package dev.kontor.privacy.vault;

import java.time.Duration;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;

/** Completes what a replacement began and a crash cut off, and what came under the old tree at the last moment. */
@Configuration(proxyBeanMethods = false)
class TreeJob {

    @Bean
    Task<Void> treeUpkeepJob(TreeUpkeep upkeep) {
        return Tasks.recurring("privacy-buyer-trees", FixedDelay.of(Duration.ofMinutes(5)))
                .execute((instance, context) -> upkeep.run());
    }
}
