package dev.kontor.marketplaces.exchange;

import java.time.Duration;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;

@Configuration(proxyBeanMethods = false)
class LogPartitionSchedule {

    @Bean
    RecurringTask<Void> exchangeLogPartitions(LogPartitions partitions) {
        return Tasks.recurring("exchange-log-partitions", FixedDelay.of(Duration.ofHours(1)))
                .execute((instance, context) -> partitions.keep());
    }
}
