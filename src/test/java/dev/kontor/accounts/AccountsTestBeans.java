package dev.kontor.accounts;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Fallback;
import org.springframework.context.annotation.Primary;

import dev.kontor.SettableClock;
import dev.kontor.audit.RecordedActs;
import dev.kontor.marketplaces.Marketplaces;

/** What the module needs of others. */
@TestConfiguration(proxyBeanMethods = false)
public class AccountsTestBeans {

    @Bean
    @Primary
    SettableClock testClock() {
        return SettableClock.aYearAhead();
    }

    @Bean
    TestMarketplace testMarketplace(SettableClock clock) {
        return new TestMarketplace(clock);
    }

    @Bean
    @Primary
    Marketplaces testMarketplaces(TestMarketplace marketplace) {
        return Marketplaces.of(marketplace);
    }

    @Bean
    @Primary
    AesGcmCipher testCipher() {
        return new AesGcmCipher();
    }

    @Bean
    @Fallback // where the audit log itself runs along, it is told
    RecordedActs recordedActs() {
        return new RecordedActs();
    }

    @Bean
    CommittedEvents committedEvents() {
        return new CommittedEvents();
    }
}
