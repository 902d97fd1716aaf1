package dev.kontor.api.web;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CrossOriginPropertiesTests {

    @Test
    void takesOriginsAndNothingAtAll() {
        assertThat(new CrossOriginProperties(List.of("https://shop.example", "http://localhost:3000")).origins())
                .hasSize(2);
        assertThat(new CrossOriginProperties(List.of("")).origins()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "null",
                "https://*",
                "https://*.example",
                "https://shop.example/",
                "https://shop.example/page",
                "https://a@shop.example",
                "shop.example",
                "file:///etc",
                "https://shop.example?x"
            })
    void refusesWhatNamesMoreOrLessThanOneSite(String origin) {
        assertThatThrownBy(() -> new CrossOriginProperties(List.of("https://shop.example", origin)))
                .isInstanceOf(InvalidConfigurationPropertyValueException.class)
                .hasMessageContaining("KONTOR_API_ORIGINS");
    }
}
