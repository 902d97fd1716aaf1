package dev.kontor;

import java.util.Map;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.jdbc.health.DataSourceHealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;
import org.springframework.web.context.request.RequestContextHolder;

import com.zaxxer.hikari.HikariDataSource;

/**
 * Those who serve requests have connections of their own, and everybody else in Kontor has others, so that neither can leave
 * the other without.
 */
@Configuration(proxyBeanMethods = false)
class ConnectionPools {

    @Bean
    @ConfigurationProperties("spring.datasource.hikari")
    HikariDataSource workConnections(DataSourceProperties properties, @Nullable JdbcConnectionDetails brought) {
        var builder = brought == null
                ? properties.initializeDataSourceBuilder()
                : DataSourceBuilder.create()
                        .url(brought.getJdbcUrl())
                        .username(brought.getUsername())
                        .password(brought.getPassword());
        return builder.type(HikariDataSource.class).build();
    }

    /** As those of work in all that is not set for them. */
    @Bean
    @ConfigurationProperties("kontor.database.requests")
    HikariDataSource requestConnections(HikariDataSource workConnections) {
        var pool = new HikariDataSource();
        workConnections.copyStateTo(pool);
        return pool;
    }

    @Bean
    @Primary
    DataSource dataSource(HikariDataSource workConnections, HikariDataSource requestConnections) {
        var shared = new AbstractRoutingDataSource() {
            @Override
            protected Object determineCurrentLookupKey() {
                return RequestContextHolder.getRequestAttributes() == null ? workConnections : requestConnections;
            }
        };
        shared.setTargetDataSources(Map.of(workConnections, workConnections, requestConnections, requestConnections));
        return shared;
    }

    /** Everybody may ask for it, and must not take a connection of work either. */
    @Bean
    DataSourceHealthIndicator dbHealthIndicator(DataSource dataSource) {
        return new DataSourceHealthIndicator(dataSource);
    }
}
