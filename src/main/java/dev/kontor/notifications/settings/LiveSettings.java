package dev.kontor.notifications.settings;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** The properties that people may change; see {@link Settings}. */
@Component
public class LiveSettings {

    private final Overrides overrides;
    private final Environment environment;

    LiveSettings(Overrides overrides, Environment environment) {
        this.overrides = overrides;
        this.environment = environment;
    }

    /** @param name what the properties' names begin with behind {@code kontor.notifications} */
    public <T extends Record> Live<T> of(String name, Class<T> type) {
        return new Live<>(name, type, overrides, environment);
    }

    @Configuration(proxyBeanMethods = false)
    static class Own {

        @Bean
        Live<RouteProperties> routes(LiveSettings settings) {
            return settings.of("routes", RouteProperties.class);
        }
    }
}
