package dev.kontor.orders.loops;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import com.github.kagkarlsson.scheduler.task.Task;

@Configuration(proxyBeanMethods = false)
class LoopJobs {

    @Bean
    Task<Void> loopsWatch(LoopSchedule schedule) {
        return schedule.watch();
    }
}
