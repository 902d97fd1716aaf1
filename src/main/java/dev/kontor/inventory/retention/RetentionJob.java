package dev.kontor.inventory.retention;

import java.time.Clock;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionTemplate;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.Daily;

import dev.kontor.accounts.RunFinished;
import dev.kontor.accounts.RunFinished.Status;

/** Forgets every night, and leaves a run that tells how much. */
@Configuration(proxyBeanMethods = false)
class RetentionJob {

    private static final Logger log = LoggerFactory.getLogger(RetentionJob.class);

    @Bean
    Task<Void> inventoryRetention(
            Forgetting forgetting, ApplicationEventPublisher events, TransactionTemplate transaction, Clock clock) {
        return Tasks.recurring("inventory-retention", new Daily(ZoneOffset.UTC, LocalTime.of(3, 20)))
                .execute((instance, context) -> {
                    var startedAt = clock.instant();
                    var gone = forgetting.forget();
                    log.info(
                            "Forgot {} old writes, {} old decisions and {} old sales",
                            gone.writes(),
                            gone.decisions(),
                            gone.soldLines());
                    transaction.executeWithoutResult(status -> events.publishEvent(new RunFinished(
                            UUID.randomUUID(),
                            null,
                            "inventory-retention",
                            Status.SUCCESS,
                            gone.all(),
                            gone.all(),
                            Map.of(),
                            startedAt,
                            clock.instant(),
                            null)));
                });
    }
}
