package dev.kontor.access.sessions;

import java.time.Duration;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;

import dev.kontor.access.files.AccessProperties;

/** Replaces the key of access tokens when it has signed for long enough. */
@Configuration(proxyBeanMethods = false)
class SigningKeyRotation {

    @Bean
    Task<Void> signingKeyRenewal(SigningKeys keys, AccessProperties properties) {
        return Tasks.recurring("access-signing-keys", FixedDelay.of(Duration.ofHours(1)))
                .execute((instance, context) ->
                        keys.rotateAfter(properties.accessTokens().rotation()));
    }
}
