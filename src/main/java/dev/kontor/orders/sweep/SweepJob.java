package dev.kontor.orders.sweep;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import com.github.kagkarlsson.scheduler.task.Task;

import dev.kontor.orders.loops.LoopTasks;

@Configuration(proxyBeanMethods = false)
class SweepJob {

    @Bean
    Task<Void> ordersSweep(LoopTasks tasks, Sweep sweep) {
        return tasks.of(sweep);
    }
}
