package dev.kontor;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.task.ThreadPoolTaskExecutorBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

@Configuration(proxyBeanMethods = false)
class Wiring {

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    /**
     * Listeners wait in a queue for their turn. By default whoever told them something would wait, and hold a connection that
     * they need.
     */
    @Bean
    @ConditionalOnMissingBean(name = "applicationTaskExecutor")
    ThreadPoolTaskExecutor applicationTaskExecutor(ThreadPoolTaskExecutorBuilder executor) {
        return executor.build();
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBooleanProperty("kontor.database.embedded")
    static class Embedded {

        @Bean
        EmbeddedDatabase embeddedDatabase(@Value("${kontor.data}") Path data) throws IOException {
            return new EmbeddedDatabase(data);
        }

        @Bean
        JdbcConnectionDetails embeddedDatabaseConnection(EmbeddedDatabase database) {
            return new JdbcConnectionDetails() {
                @Override
                public String getUsername() {
                    return "postgres";
                }

                @Override
                public String getPassword() {
                    return "postgres";
                }

                @Override
                public String getJdbcUrl() {
                    return database.jdbcUrl();
                }
            };
        }
    }
}
