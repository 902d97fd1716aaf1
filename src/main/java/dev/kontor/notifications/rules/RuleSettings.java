package dev.kontor.notifications.rules;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.kontor.notifications.settings.Live;
import dev.kontor.notifications.settings.LiveSettings;

/** When something is worth an alert can be changed while Kontor runs. */
@Configuration(proxyBeanMethods = false)
class RuleSettings {

    @Bean
    Live<RuleProperties> rules(LiveSettings settings) {
        return settings.of("rules", RuleProperties.class);
    }
}
