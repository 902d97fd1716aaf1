package dev.kontor.privacy.keys;

import java.time.Duration;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;

import dev.kontor.access.SealedColumn;

/** Completes what a rotation began and a crash cut off, and what came under an old key at the last moment. */
@Configuration(proxyBeanMethods = false)
class KeySetJob {

    @Bean
    Task<Void> keySetUpkeepJob(CredentialKeySet keySet, KeySetUpkeep upkeep) {
        return Tasks.recurring("privacy-key-set", FixedDelay.of(Duration.ofMinutes(5)))
                .execute((instance, context) -> {
                    keySet.announce();
                    upkeep.sealAgain();
                });
    }

    /** By which the database knows its key set: when the first key is removed, it has to be under another one. */
    @Bean
    SealedColumn keyCheckColumn() {
        return new SealedColumn(
                "privacy.key_checks",
                "name",
                "fingerprint",
                "name = 'credentials'",
                any -> CredentialKeysFormat.CHECK_CONTEXT);
    }
}
