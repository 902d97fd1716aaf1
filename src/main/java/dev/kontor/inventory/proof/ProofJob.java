package dev.kontor.inventory.proof;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionTemplate;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;

import dev.kontor.accounts.RunFinished;
import dev.kontor.accounts.RunFinished.Status;
import dev.kontor.inventory.proof.Proof.Verdict;

/** Proves now and then, and leaves a run that tells how it went. */
@Configuration(proxyBeanMethods = false)
class ProofJob {

    private static final Logger log = LoggerFactory.getLogger(ProofJob.class);

    @Bean
    Task<Void> inventoryProof(
            Proof proof,
            ApplicationEventPublisher events,
            TransactionTemplate transaction,
            @Value("${kontor.inventory.proof-interval:6h}") Duration interval) {
        return Tasks.recurring("inventory-proof", FixedDelay.of(interval)).execute((instance, context) -> {
            var verdict = proof.prove();
            if (!verdict.proven()) {
                log.error("The stock ledger does not add up: {}", verdict.first());
            }
            transaction.executeWithoutResult(status -> events.publishEvent(run(verdict)));
        });
    }

    private static RunFinished run(Verdict verdict) {
        return new RunFinished(
                UUID.randomUUID(),
                null,
                "inventory-proof",
                verdict.proven() ? Status.SUCCESS : Status.FAILED,
                verdict.movements(),
                0,
                Map.of("positions", verdict.positions(), "differences", verdict.differences()),
                verdict.startedAt(),
                verdict.finishedAt(),
                verdict.proven() ? null : "the movements do not add up to the positions, first at " + verdict.first());
    }
}
