package dev.kontor.inventory.publication;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;

import dev.kontor.HttpCaller;
import dev.kontor.inventory.items.Item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/** Far more requests than there are connections. */
class CrowdedRequestsTests extends PublicationFixture {

    private static final int CROWD = 40;

    /** Kontor waits a minute for a connection here. */
    private static final Duration WITHOUT_WAITING = Duration.ofSeconds(40);

    @LocalServerPort
    int port;

    @Value("${spring.datasource.url}")
    String database;

    @Value("${kontor.database.requests.maximum-pool-size}")
    int connections;

    @Test
    void allWaitForALockAndASaleEmptiesTheOthersMeanwhile() throws SQLException {
        var caller = HttpCaller.nobody(port).login("administrator", "only-for-this-test");
        var one = aStall();
        var other = aStall();
        var mug = stockroom.anItemWith(500);
        var here = list(one, mug, 500);
        var there = list(other, mug, 500);
        work();
        var wanted = stockroom.anItem();

        try (var crowd = Executors.newVirtualThreadPerTaskExecutor();
                var somebody = DriverManager.getConnection(database, "postgres", "")) {
            somebody.setAutoCommit(false);
            somebody.createStatement()
                    .execute("select from inventory.items where id = '" + wanted.id() + "' for update");
            var answers = IntStream.range(0, CROWD)
                    .mapToObj(i -> crowd.submit(() -> change(wanted, caller)))
                    .toList();
            await().until(() -> waiting() >= connections);

            assertTimeoutPreemptively(WITHOUT_WAITING, () -> {
                buy(one, here, 500);
                hear(one);
                work();
            });

            assertThat(other.shows(there)).isZero();
            assertThat(row(there)).containsEntry("state", "VERIFIED").containsEntry("verified", 0L);
            assertThat(answers).noneMatch(it -> it.isDone());
            somebody.rollback();
        }
    }

    private static int change(Item item, HttpCaller caller) {
        return caller.with("If-Match", "*")
                .send("PATCH", "/api/v1/items/" + item.sku(), "{\"name\": \"Cup\"}")
                .status();
    }

    private long waiting() {
        return jdbc.sql("select count(*) from pg_locks where not granted")
                .query(Long.class)
                .single();
    }
}
