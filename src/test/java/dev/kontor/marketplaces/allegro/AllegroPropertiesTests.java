package dev.kontor.marketplaces.allegro;

import java.time.Clock;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import dev.kontor.marketplaces.Answer.Rejected;
import dev.kontor.marketplaces.OrderStatus;
import dev.kontor.marketplaces.exchange.TestExchange;

import static org.assertj.core.api.Assertions.assertThat;

class AllegroPropertiesTests {

    @Test
    void speaksToTheRealAllegroUnlessToldOtherwise() {
        var properties = properties(Map.of());

        assertThat(properties.apiUrl()).hasToString("https://api.allegro.pl");
        assertThat(properties.authUrl()).hasToString("https://allegro.pl/auth/oauth");
        assertThat(properties.pageSize()).isEqualTo(100);
        assertThat(properties.eventPageSize()).isEqualTo(1_000);
    }

    @Test
    void neverShowsTheSecret() {
        assertThat(properties(Map.of("kontor.allegro.client-secret", "hush")).toString())
                .doesNotContain("hush");
    }

    @Test
    void asksForAnApplicationWhereThereIsNone() {
        var properties = properties(Map.of());
        var exchange = new TestExchange(Clock.systemUTC(), Map.of());
        var calls = new AllegroCalls(exchange.exchange(), exchange.clients(), properties);

        var answer = new AllegroDeviceAuthorization(calls, properties, new AllegroTokens(exchange.drift()))
                .begin(UUID.randomUUID());

        assertThat(answer)
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.reason()).contains("KONTOR_ALLEGRO_CLIENT_ID"));
    }

    @ParameterizedTest
    @CsvSource({
        "BOUGHT,, PLACED",
        "FILLED_IN, NEW, UNPAID",
        "READY_FOR_PROCESSING,, READY",
        "READY_FOR_PROCESSING, NEW, READY",
        "READY_FOR_PROCESSING, PROCESSING, PROCESSING",
        "READY_FOR_PROCESSING, READY_FOR_SHIPMENT, PROCESSING",
        "READY_FOR_PROCESSING, SUSPENDED, PROCESSING",
        "READY_FOR_PROCESSING, SENT, SHIPPED",
        "READY_FOR_PROCESSING, READY_FOR_PICKUP, SHIPPED",
        "READY_FOR_PROCESSING, PICKED_UP, DELIVERED",
        "READY_FOR_PROCESSING, CANCELLED, CANCELLED",
        "READY_FOR_PROCESSING, RETURNED, RETURNED",
        "READY_FOR_PROCESSING, BEAMED, UNKNOWN",
        "CANCELLED, SENT, CANCELLED",
        "INVENTED, NEW, UNKNOWN"
    })
    void understandsBothStatuses(String buyers, String sellers, OrderStatus expected) {
        assertThat(new AllegroStatus(buyers, sellers).canonical()).isEqualTo(expected);
    }

    private static AllegroProperties properties(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("kontor.allegro", AllegroProperties.class);
    }
}
