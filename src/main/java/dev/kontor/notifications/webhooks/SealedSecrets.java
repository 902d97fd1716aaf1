package dev.kontor.notifications.webhooks;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.kontor.access.SealedColumn;

/** Where the secrets of endpoints lie sealed, for rotations of the key set. */
@Configuration(proxyBeanMethods = false)
class SealedSecrets {

    @Bean
    SealedColumn webhookSecretsColumn() {
        return new SealedColumn("notifications.webhook_secrets", "id", "sealed", Secrets::context);
    }
}
