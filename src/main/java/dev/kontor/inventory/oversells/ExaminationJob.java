package dev.kontor.inventory.oversells;

import java.time.Duration;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;

/** Looks for causes a few seconds after something was oversold. */
@Configuration(proxyBeanMethods = false)
class ExaminationJob {

    private static final Duration INTERVAL = Duration.ofSeconds(5);

    @Bean
    Task<Void> inventoryOversells(Examination examination) {
        return Tasks.recurring("inventory-oversells", FixedDelay.of(INTERVAL))
                .execute((instance, context) -> examination.examine());
    }
}
