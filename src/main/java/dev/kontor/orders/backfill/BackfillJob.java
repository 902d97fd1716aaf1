package dev.kontor.orders.backfill;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import com.github.kagkarlsson.scheduler.task.Task;

import dev.kontor.orders.loops.LoopTasks;

@Configuration(proxyBeanMethods = false)
class BackfillJob {

    @Bean
    Task<Void> ordersBackfill(LoopTasks tasks, Backfill backfill) {
        return tasks.of(backfill);
    }
}
