package dev.kontor.notifications.alerts;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.kontor.notifications.settings.Live;
import dev.kontor.notifications.settings.LiveSettings;

/** How alerts live can be changed while Kontor runs. */
@Configuration(proxyBeanMethods = false)
class AlertSettings {

    @Bean
    Live<AlertProperties> alerts(LiveSettings settings) {
        return settings.of("alerts", AlertProperties.class);
    }
}
