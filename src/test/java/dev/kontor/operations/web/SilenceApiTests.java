package dev.kontor.operations.web;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import tools.jackson.databind.JsonNode;

import dev.kontor.HttpCaller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "kontor.administrator.password=only-for-this-test")
class SilenceApiTests {

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    /** There are no accounts, so whoever listens would forget these. */
    @BeforeEach
    void nobodyListens() {
        await().until(() -> listens("now() + interval '1 day'"));
    }

    @AfterEach
    void goOn() {
        listens("now()");
    }

    private boolean listens(String at) {
        return jdbc.sql("update scheduled_tasks set execution_time = " + at
                                + " where task_name = 'operations-silence' and not picked")
                        .update()
                == 1;
    }

    private static List<String> accounts(JsonNode page) {
        return page.path("items")
                .valueStream()
                .map(it -> it.path("account").asString())
                .toList();
    }

    @Test
    void pagesThroughAllAccountsThatAreListenedTo() {
        var all = jdbc.sql("""
                        insert into operations.silences (account, due_at, verdict_at)
                        select gen_random_uuid(), now(), now() from generate_series(1, 5) returning account::text""").query(String.class).list();
        var caller = HttpCaller.nobody(port).login("administrator", "only-for-this-test");

        var seen = new ArrayList<String>();
        var after = "";
        do {
            var page = caller.get("/api/v1/silence?limit=2" + after).json();
            assertThat(accounts(page)).hasSizeBetween(1, 2);
            seen.addAll(accounts(page));
            after = page.has("next") ? "&after=" + page.path("next").asString() : null;
        } while (after != null);

        assertThat(seen).isEqualTo(all.stream().sorted().toList());
        assertThat(accounts(
                        caller.get("/api/v1/silence?account=" + all.getLast()).json()))
                .containsExactly(all.getLast());
    }
}
