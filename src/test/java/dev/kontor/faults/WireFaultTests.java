package dev.kontor.faults;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.kontor.sandbox.Sandbox;
import dev.kontor.sandbox.world.Fault;

import static org.assertj.core.api.Assertions.assertThat;

@WholeKontor
class WireFaultTests {

    @LocalServerPort
    int port;

    @Autowired
    Sandbox sandbox;

    @Autowired
    JdbcClient jdbc;

    private Seller seller;

    @BeforeEach
    void ask() {
        seller = Seller.asked(sandbox, Seller.administrator(port));
    }

    @AfterEach
    void calm() {
        sandbox.allegro().faults(Map.of());
        seller.disconnect();
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "TOO_MANY_REQUESTS",
                "TOO_MANY_REQUESTS_RETRY_AFTER",
                "SERVER_ERROR",
                "UNAVAILABLE",
                "TIMEOUT",
                "ANSWER_LOST",
                "TRUNCATED"
            })
    void archivesEverythingAlthoughAQuarterOfAllRequestsFails(Fault fault) {
        sandbox.allegro().faults(Map.of(fault, 0.25));
        seller.confirm().awaitFeed().awaitTruth();
        var before = new TrueEvents(sandbox, seller.number());

        sandbox.advance(Duration.ofMinutes(3));
        sandbox.allegro().buy(seller.number(), 5);

        seller.awaitTruth();
        before.awaitInArchive(jdbc, seller.account());
        Seller.waiting().until(() -> failedAttempts() > 0); // they are written down a moment later
    }

    @Test
    void archivesEverythingOnceABanIsOver() {
        seller.confirm().awaitFeed();
        var before = new TrueEvents(sandbox, seller.number());
        sandbox.allegro().ban();
        sandbox.advance(Duration.ofMinutes(5));
        Seller.waiting().until(() -> !sandbox.allegro().banned());

        seller.awaitTruth();
        before.awaitInArchive(jdbc, seller.account());
        Seller.waiting().until(() -> failedAttempts() > 0); // they are written down a moment later
        assertThat(seller.state()).isEqualTo("ACTIVE");
    }

    private long failedAttempts() {
        return jdbc.sql("select count(*) from marketplaces.exchange_log where account = ? and outcome <> 'OK'")
                .param(seller.account())
                .query(Long.class)
                .single();
    }
}
