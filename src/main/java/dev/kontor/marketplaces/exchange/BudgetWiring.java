package dev.kontor.marketplaces.exchange;

import java.time.Duration;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Budgets of few calls are kept in the database, where a restart does not forget them; others in Redis where there is
 * one, and otherwise in this process.
 */
@Configuration(proxyBeanMethods = false)
class BudgetWiring {

    private static final Duration PATIENCE = Duration.ofMillis(500);

    @Bean
    @ConditionalOnExpression("!'${kontor.redis.url:}'.isBlank()")
    RedisLink redisLink(@Value("${kontor.redis.url}") String url, @Value("${kontor.redis.retry:3s}") Duration retry) {
        return new RedisLink(url, PATIENCE, retry);
    }

    @Bean
    TokenStore tokenStore(ObjectProvider<RedisLink> redis, Shares shares, JdbcClient jdbc) {
        var link = redis.getIfAvailable();
        TokenStore many = link == null
                ? (key, limit) -> new SharedOutTokens(limit, shares, Pacer.SYSTEM)
                : new RedisTokenStore(link, shares);
        return (key, limit) -> limit.permitsFew() ? new StoredTokens(jdbc, key, limit) : many.open(key, limit);
    }
}
