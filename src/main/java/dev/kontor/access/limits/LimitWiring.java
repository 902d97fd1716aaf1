package dev.kontor.access.limits;

import java.time.Clock;
import java.time.Duration;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.bucket4j.TimeMeter;

/** Counts in Redis where there is one, and otherwise in this process. */
@Configuration(proxyBeanMethods = false)
class LimitWiring {

    private static final Duration PATIENCE = Duration.ofMillis(250);

    @Bean
    Buckets callersBuckets(
            @Value("${kontor.redis.url:}") String url, @Value("${kontor.redis.retry:3s}") Duration retry, Clock clock) {
        var time = new ClockMeter(clock);
        var local = new LocalBuckets(time);
        return url.isBlank() ? local : new RedisBuckets(url, PATIENCE, retry, time, local);
    }

    private record ClockMeter(Clock clock) implements TimeMeter {

        @Override
        public long currentTimeNanos() {
            return clock.millis() * 1_000_000;
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }
    }
}
