package dev.kontor.orders.feed;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import com.github.kagkarlsson.scheduler.task.Task;

import dev.kontor.orders.loops.LoopTasks;

@Configuration(proxyBeanMethods = false)
class FeedJob {

    @Bean
    Task<Void> ordersFeed(LoopTasks tasks, FeedSync feed) {
        return tasks.of(feed);
    }
}
