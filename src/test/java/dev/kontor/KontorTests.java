package dev.kontor;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest
class KontorTests {

    @Autowired
    JdbcClient jdbc;

    @Test
    void startsOnAnEmptyDatabase() {
        assertThat(jdbc.sql("select count(*) from scheduled_tasks")
                        .query(Integer.class)
                        .single())
                .isNotNegative();
    }
}
