package dev.kontor.orders;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

import dev.kontor.SettableClock;

/** Time that the test moves. */
@TestConfiguration(proxyBeanMethods = false)
public class ShopClock {

    @Bean
    @Primary
    public SettableClock testClock() {
        return SettableClock.aYearAhead();
    }
}
