package dev.kontor;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Import;
import org.springframework.modulith.events.ApplicationModuleListener;
import org.springframework.transaction.support.TransactionTemplate;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;

import dev.kontor.inventory.StockChanged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@SpringBootTest
@Import(FailedEventTests.Unlucky.class)
class FailedEventTests {

    @TestConfiguration(proxyBeanMethods = false)
    static class Unlucky {

        private final AtomicInteger heard = new AtomicInteger();

        int heard() {
            return heard.get();
        }

        @ApplicationModuleListener
        void on(StockChanged event) {
            if (heard.incrementAndGet() == 1) {
                throw new IllegalStateException("not today");
            }
        }
    }

    @Autowired
    Unlucky listener;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    SchedulerClient scheduler;

    @Test
    void aListenerThatFailedIsAskedAgain() {
        transaction.executeWithoutResult(status -> events.publishEvent(new StockChanged(List.of(), Instant.EPOCH)));
        await().untilAsserted(() -> assertThat(listener.heard()).isPositive());

        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofSeconds(1))
                .ignoreExceptions()
                .untilAsserted(() -> {
                    scheduler.reschedule(TaskInstanceId.of(FailedEvents.TASK, "recurring"), Instant.now());
                    assertThat(listener.heard()).isGreaterThan(1);
                });
    }
}
