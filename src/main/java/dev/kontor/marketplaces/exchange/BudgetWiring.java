package dev.kontor.marketplaces.exchange;

import java.time.Duration;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Budgets are kept in Redis where there is one, and otherwise in this process. */
@Configuration(proxyBeanMethods = false)
class BudgetWiring {

    @Bean
    @ConditionalOnExpression("!'${kontor.redis.url:}'.isBlank()")
    RedisLink redisLink(@Value("${kontor.redis.url}") String url, @Value("${kontor.redis.retry:3s}") Duration retry) {
        return new RedisLink(url, retry);
    }

    @Bean
    TokenStore tokenStore(ObjectProvider<RedisLink> redis, Shares shares) {
        var link = redis.getIfAvailable();
        return link == null
                ? (key, limit) -> new SharedOutTokens(limit, shares, Pacer.SYSTEM)
                : new RedisTokenStore(link, shares);
    }
}
