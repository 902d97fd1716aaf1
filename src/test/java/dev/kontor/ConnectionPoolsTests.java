package dev.kontor;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import com.zaxxer.hikari.HikariDataSource;

import io.micrometer.core.instrument.MeterRegistry;

import dev.kontor.access.Scope;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "kontor.administrator.password=only-for-this-test",
            "kontor.database.requests.connection-timeout=1000"
        })
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConnectionPoolsTests {

    @LocalServerPort
    int port;

    @Autowired
    HikariDataSource workConnections;

    @Autowired
    HikariDataSource requestConnections;

    @Autowired
    DataSource dataSource;

    @Autowired
    MeterRegistry meters;

    private final List<Connection> held = new ArrayList<>();
    private HttpCaller caller;

    @BeforeAll
    void logIn() {
        caller = HttpCaller.nobody(port).login("administrator", "only-for-this-test");
    }

    @AfterEach
    void giveBack() throws SQLException {
        for (var connection : held) {
            connection.close();
        }
        held.clear();
    }

    private void holdAll(HikariDataSource pool) throws SQLException {
        while (held.size() < pool.getMaximumPoolSize()) {
            held.add(pool.getConnection());
        }
    }

    @Test
    void requestsAreAnsweredWhileKontorsWorkHoldsAllItsConnections() throws SQLException {
        holdAll(workConnections);

        var answer = caller.get("/api/v1/items");

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(caller.get("/actuator/health").status()).isEqualTo(200);
    }

    @Test
    void workGoesOnWhileRequestsHoldAllTheirConnections() throws SQLException {
        holdAll(requestConnections);

        try (var connection = dataSource.getConnection()) {
            assertThat(connection.isValid(1)).isTrue();
        }
    }

    /** In a controller, or before one, where nobody knows the caller yet. */
    @Test
    void aRequestThatGetsNoConnectionIsToldToComeAgain() throws SQLException {
        var key = caller.post("/api/v1/api-keys", Map.of("name", "new", "scopes", Scope.values()))
                .text("key");
        holdAll(requestConnections);

        for (var one : List.of(caller, HttpCaller.nobody(port).withKey(key))) {
            var answer = one.get("/api/v1/items");
            assertThat(answer.status()).as(answer.body()).isEqualTo(503);
            assertThat(answer.header("Retry-After")).isEqualTo("5");
            assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
            assertThat(answer.text("type")).isEqualTo("urn:kontor:problem:unavailable");
            assertThat(answer.text("instance")).isEqualTo("/api/v1/items");
            assertThat(answer.header("Content-Security-Policy")).contains("default-src 'none'");
            assertThat(answer.header("Cache-Control")).contains("no-store");
        }
        assertThat(HttpCaller.nobody(port).get("/actuator/health").status()).isEqualTo(503);
    }

    @Test
    void bothAreAlikeButForTheirSizeAndAreMeasured() throws SQLException {
        for (var pool : List.of(workConnections, requestConnections)) {
            try (var connection = pool.getConnection();
                    var statement = connection.createStatement();
                    var row = statement.executeQuery("show plan_cache_mode")) {
                row.next();
                assertThat(row.getString(1)).isEqualTo("force_custom_plan");
            }
            assertThat(pool.getDataSourceProperties()).containsEntry("logServerErrorDetail", "false");
            assertThat(meters.get("hikaricp.connections.max")
                            .tag("pool", pool.getPoolName())
                            .gauge()
                            .value())
                    .isEqualTo(pool.getMaximumPoolSize());
        }
        assertThat(requestConnections.getMaximumPoolSize()).isLessThan(workConnections.getMaximumPoolSize());
    }
}
