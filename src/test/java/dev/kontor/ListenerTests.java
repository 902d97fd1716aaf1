package dev.kontor;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.task.AsyncTaskExecutor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/** Who tells something still has a connection to the database, and so has everybody who listens to it. */
class ListenerTests {

    private static final int A_MASS = 1_000;

    private final ApplicationContextRunner kontor = new ApplicationContextRunner()
            .withInitializer(new ConfigDataApplicationContextInitializer())
            .withConfiguration(AutoConfigurations.of(TaskExecutionAutoConfiguration.class))
            .withUserConfiguration(Wiring.class);

    @Test
    void whoTellsSomethingWaitsForNobodyWhoListens() {
        kontor.run(context -> {
            var listeners = context.getBean("applicationTaskExecutor", AsyncTaskExecutor.class);
            var end = new CountDownLatch(1);
            try {
                assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
                    for (int told = 0; told < A_MASS; told++) {
                        listeners.submit(() -> {
                            end.await();
                            return null;
                        });
                    }
                });
            } finally {
                end.countDown();
            }
        });
    }

    @Test
    void thoseWhoListenLeaveHalfOfTheConnectionsToOthers() {
        kontor.run(context -> {
            var listeners = context.getBean("applicationTaskExecutor", AsyncTaskExecutor.class);
            int connections = context.getEnvironment()
                    .getRequiredProperty("spring.datasource.hikari.maximum-pool-size", int.class);
            var done = new CountDownLatch(A_MASS);
            var listening = new AtomicInteger();
            var most = new AtomicInteger();
            for (int told = 0; told < A_MASS; told++) {
                listeners.execute(() -> {
                    most.accumulateAndGet(listening.incrementAndGet(), Math::max);
                    Thread.yield();
                    listening.decrementAndGet();
                    done.countDown();
                });
            }
            done.await();

            assertThat(most.get()).isPositive().isLessThanOrEqualTo(connections / 2);
        });
    }
}
