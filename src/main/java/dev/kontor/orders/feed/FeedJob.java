package dev.kontor.orders.feed;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;

import dev.kontor.orders.loops.LoopTasks;

@Configuration(proxyBeanMethods = false)
class FeedJob {

    @Bean
    Task<Void> ordersFeed(LoopTasks tasks, FeedSync feed) {
        return tasks.of(feed);
    }

    @Bean
    Task<Void> ordersAnnounced(LoopTasks tasks, AnnouncedReading reading) {
        return tasks.of(reading);
    }

    @Bean
    Task<Void> ordersWindowWatch(WindowWatch window) {
        return Tasks.recurring("orders-window-watch", FixedDelay.ofMinutes(5))
                .execute((instance, context) -> window.lookAtAll());
    }
}
