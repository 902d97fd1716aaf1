package dev.kontor.operations.silence;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import dev.kontor.marketplaces.MarketplaceCode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SilencePropertiesTests {

    private static SilenceProperties with(Map<String, Object> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("kontor.operations.silence", SilenceProperties.class);
    }

    @Test
    void aMarketplaceMayHaveItsOwn() {
        var properties = with(Map.of(
                "kontor.operations.silence.intervals.amazon", "15m",
                "kontor.operations.silence.zones.allegro", "Europe/Warsaw"));
        var amazon = new MarketplaceCode("amazon");
        var allegro = new MarketplaceCode("allegro");

        assertThat(properties.interval(amazon)).isEqualTo(Duration.ofMinutes(15));
        assertThat(properties.interval(allegro)).isEqualTo(Duration.ofMinutes(1));
        assertThat(properties.zone(allegro)).isEqualTo(ZoneId.of("Europe/Warsaw"));
        assertThat(properties.zone(amazon)).isEqualTo(ZoneId.of("UTC"));
    }

    @ParameterizedTest
    @CsvSource({
        "interval, 0s",
        "intervals.amazon, -1m",
        "zone, Nowhere/Land",
        "zones.allegro, here",
        "false-alarms, 0",
        "false-alarms, NaN"
    })
    void refuseWhatMakesNoSense(String setting, String value) {
        assertThatThrownBy(() -> with(Map.of("kontor.operations.silence." + setting, value)))
                .isInstanceOf(BindException.class);
    }
}
