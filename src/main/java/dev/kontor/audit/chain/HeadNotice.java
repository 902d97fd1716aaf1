package dev.kontor.audit.chain;

import java.time.LocalTime;
import java.time.ZoneOffset;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionTemplate;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.Daily;

import dev.kontor.audit.AuditChainVerified;

/** Verifies the chain once a day and tells the log its head: whoever cuts the end off must change that log, too. */
@Configuration(proxyBeanMethods = false)
class HeadNotice {

    private static final Logger log = LoggerFactory.getLogger(HeadNotice.class);

    @Bean
    Task<Void> auditHeadNotice(
            Verification verification, TransactionTemplate transaction, ApplicationEventPublisher events) {
        return Tasks.recurring("audit-head", new Daily(ZoneOffset.UTC, LocalTime.of(3, 40)))
                .execute((instance, context) -> {
                    var verdict = verification.verify(null);
                    var first = verdict.first();
                    transaction.executeWithoutResult(_ -> events.publishEvent(new AuditChainVerified(
                            verdict.broken(),
                            first == null ? null : first.kind().name(),
                            verdict.verifiedAt())));
                    if (first == null) {
                        log.info("The audit log holds; its head is {}", verdict.head());
                    } else {
                        log.error(
                                "The audit log does not hold: {} at link {}, entry {}; its head is {}",
                                first.kind(),
                                first.sequence(),
                                first.entry(),
                                verdict.head());
                    }
                });
    }
}
