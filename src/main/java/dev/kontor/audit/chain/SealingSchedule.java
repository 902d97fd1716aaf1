package dev.kontor.audit.chain;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Seals every second, in each instance; one of them at a time. */
@Component
@EnableScheduling
class SealingSchedule {

    private static final Logger log = LoggerFactory.getLogger(SealingSchedule.class);

    private final Sealing sealing;
    private boolean failing;

    SealingSchedule(Sealing sealing) {
        this.sealing = sealing;
    }

    @Scheduled(fixedDelay = 1_000)
    void seal() {
        try {
            sealing.seal();
            failing = false;
        } catch (DataAccessException | TransactionException e) {
            if (!failing) { // once, not every second
                log.warn("Audit entries cannot be sealed at the moment; they wait", e);
            }
            failing = true;
        }
    }
}
