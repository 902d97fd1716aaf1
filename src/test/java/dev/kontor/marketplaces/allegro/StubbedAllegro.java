package dev.kontor.marketplaces.allegro;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Answer.Ok;
import dev.kontor.marketplaces.Connection;
import dev.kontor.marketplaces.Credentials;
import dev.kontor.marketplaces.Drift;
import dev.kontor.marketplaces.HttpStub;
import dev.kontor.marketplaces.Lane;

import static org.assertj.core.api.Assertions.assertThat;

/** The adapter inside the application, with answers of the test's choice. */
@SpringBootTest(
        properties = {
            "kontor.allegro.client-id=the-client",
            "kontor.allegro.client-secret=the-secret",
            "kontor.allegro.app-name=Mój Kontor",
            "kontor.allegro.page-size=3",
            "kontor.exchange.retry.delay=1ms",
            "kontor.exchange.limits.allegro.application.burst=1000",
            "kontor.exchange.limits.allegro.application.per-minute=600000"
        })
abstract class StubbedAllegro {

    static final HttpStub stub = new HttpStub();
    static final Instant NOON = Instant.parse("2026-11-02T12:00:00Z");

    @DynamicPropertySource
    static void pointTheAdapterAtTheStub(DynamicPropertyRegistry registry) {
        registry.add("kontor.allegro.api-url", stub::url);
        registry.add("kontor.allegro.auth-url", () -> stub.url() + "/auth/oauth");
    }

    @Autowired
    Allegro allegro;

    @Autowired
    Drift drift;

    final Connection connection = new Connection(
            UUID.randomUUID(),
            new Credentials(Map.of("access_token", "the-access", "refresh_token", "the-refresh"), null),
            Lane.LIVE_ORDERS);

    @BeforeEach
    void forgetTheLastTest() {
        stub.reset();
    }

    static <T> T ok(Answer<T> answer) {
        assertThat(answer).isInstanceOf(Ok.class);
        return ((Ok<T>) answer).value();
    }
}
