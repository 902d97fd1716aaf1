package dev.kontor.marketplaces.exchange;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;

import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import tools.jackson.databind.json.JsonMapper;

import dev.kontor.marketplaces.Drift;
import dev.kontor.marketplaces.SeenDrift;

/** An exchange without an application around it; what it writes down waits in its queue for ever. */
public final class TestExchange {

    final ExchangeProperties properties;
    final Exchange exchange;
    final ApiClients clients;

    public TestExchange(Clock clock, Map<String, String> settings) {
        properties = properties(settings);
        var none = new StaticListableBeanFactory().getBeanProvider(RedisLink.class);
        var budgets = new Budgets(
                properties,
                (key, limit) -> new LocalTokens(limit, Pacer.SYSTEM),
                new Bans(clock, none),
                new Slowdowns(properties, clock, none),
                clock);
        var nowhere = new DriverManagerDataSource("jdbc:postgresql://localhost:1/nowhere");
        var meters = new SimpleMeterRegistry();
        var partitions = new LogPartitions(JdbcClient.create(nowhere), properties, clock);
        var writer = new LogWriter(properties, new JdbcTemplate(nowhere), partitions, new JsonMapper(), meters);
        exchange = new Exchange(
                budgets,
                new Pauses(properties, clock),
                new Retries(properties),
                new Judge(new DemandedWait(properties, clock)),
                new Records(meters, writer, properties),
                new SeenDrift(),
                clock);
        clients = new ApiClients(properties);
    }

    public Exchange exchange() {
        return exchange;
    }

    public ApiClients clients() {
        return clients;
    }

    public Drift drift() {
        return new SeenDrift();
    }

    /** How long a call can take that is sent once. */
    public Duration longestCall() {
        return properties.maxWait().plus(properties.connectTimeout()).plus(properties.readTimeout());
    }

    static ExchangeProperties properties(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("kontor.exchange", ExchangeProperties.class);
    }
}
