package dev.kontor.accounts.credentials;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import dev.kontor.marketplaces.exchange.TestExchange;

import static org.assertj.core.api.Assertions.assertThat;

class RenewalPropertiesTests {

    /** What Allegro grants, the shortest of all. */
    private static final Duration GRACE = Duration.ofSeconds(60);

    private final RenewalProperties defaults = new Binder(new MapConfigurationPropertySource(Map.of()))
            .bindOrCreate("kontor.accounts.renewal", RenewalProperties.class);

    @Test
    void nobodyElsePresentsCredentialsThatAreStillUnderWay() {
        var call = new TestExchange(Clock.systemUTC(), Map.of()).longestCall();

        assertThat(defaults.lease()).isGreaterThan(call);
    }

    @Test
    void leavesAnotherInstanceTimeToPresentThemAgainWithinTheGrace() {
        assertThat(defaults.lease().plus(defaults.retry())).isLessThan(GRACE);
    }
}
