package dev.kontor.faults;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

import dev.kontor.sandbox.Sandbox;
import dev.kontor.sandbox.Scenario;

/**
 * Gives an application context a sandbox of its own. Its time stands still at an instant that is past, so that what
 * happens when a test lets it go on has a place in the days that certificates cover.
 */
class SandboxInitializer implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    static final int SELLERS = 40;

    static Sandbox start(String... settings) {
        var start = Instant.now().minus(Duration.ofHours(30)).truncatedTo(ChronoUnit.SECONDS);
        var common = new String[] {
            "start=" + start,
            "speed=0",
            "list-delay=0s",
            "decision=wait",
            "poll-interval=1s",
            "timeout=4s",
            "ban=2s",
            "access-token-life=30d",
            "merges=0.1",
            "orders=150",
            "days=30",
            "live-orders-per-minute=1",
            "sellers=" + SELLERS
        };
        var all = java.util.Arrays.copyOf(common, common.length + settings.length);
        System.arraycopy(settings, 0, all, common.length, settings.length);
        return Sandbox.start(Scenario.of(all));
    }

    /** Settings that make Kontor talk to a sandbox, and hurry. */
    static String[] settings(String baseUrl) {
        return new String[] {
            "kontor.sandbox.enabled=false",
            "kontor.administrator.password=" + Seller.PASSWORD,
            "kontor.allegro.api-url=" + baseUrl + "/allegro",
            "kontor.allegro.auth-url=" + baseUrl + "/allegro/auth/oauth",
            "kontor.allegro.client-id=kontor-sandbox",
            "kontor.allegro.client-secret=kontor-sandbox-secret",
            "kontor.orders.interval.feed=1s",
            "kontor.orders.interval.backfill=1s",
            "kontor.orders.interval.sweep=2s",
            "kontor.orders.interval.certificate=1h",
            "kontor.exchange.read-timeout=1500ms",
            "kontor.exchange.retry.delay=30ms",
            "kontor.exchange.ban.length=100ms",
            "kontor.exchange.ban.jitter=50ms",
            "kontor.exchange.slowdown.recovery=5s",
            "kontor.exchange.pause.length=500ms",
            "kontor.exchange.pause.max-length=1s",
            "kontor.accounts.renewal.retry=1s",
            "kontor.accounts.renewal.late-retry=2s",
            "db-scheduler.polling-interval=100ms",
            "spring.datasource.hikari.maximum-pool-size=16"
        };
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        var sandbox = start();
        TestPropertyValues.of(settings(sandbox.baseUrl())).applyTo(context);
        var beans = (DefaultListableBeanFactory) context.getBeanFactory();
        beans.registerSingleton("faultySandbox", sandbox);
        beans.registerDisposableBean("faultySandbox", sandbox::close);
    }
}
