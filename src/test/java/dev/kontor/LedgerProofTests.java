package dev.kontor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.kontor.inventory.InventoryTest;
import dev.kontor.inventory.Stockroom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The command that looks at a running Kontor's stock from outside. */
@InventoryTest
class LedgerProofTests {

    @Autowired
    Stockroom stockroom;

    @Autowired
    JdbcClient jdbc;

    @Value("${kontor.database.url}")
    String database;

    private Map<String, String> environment() {
        return Map.of("KONTOR_DATABASE_URL", database, "KONTOR_DATABASE_USER", "postgres");
    }

    @Test
    void provesTheStockOfARunningKontor() {
        stockroom.receive(stockroom.anItemWith(5), 7);

        var verdict = LedgerProof.prove(environment());

        assertThat(verdict.proven()).isTrue();
        assertThat(verdict.movements()).isGreaterThanOrEqualTo(2);
        assertThat(verdict.foldedHash()).isEqualTo(verdict.storedHash());
        assertThat(LedgerProof.sentence(verdict)).startsWith("Proven: ").contains(verdict.foldedHash());
    }

    @Test
    void namesTheFirstPositionThatTheMovementsDoNotAddUpTo() {
        var mug = stockroom.anItemWith(5);
        change(mug.id().value(), 1);
        try {
            var verdict = LedgerProof.prove(environment());

            assertThat(verdict.proven()).isFalse();
            assertThat(LedgerProof.sentence(verdict))
                    .startsWith("Not proven: ")
                    .contains(mug.id().value().toString());
        } finally {
            change(mug.id().value(), -1);
        }
    }

    private void change(Object item, int by) {
        jdbc.sql("update inventory.positions set present = present + ? where item = ?")
                .params(by, item)
                .update();
    }

    @Test
    void findsTheDatabaseThatARunningKontorHasBrought(@TempDir Path data) throws IOException {
        assertThatThrownBy(() -> LedgerProof.embedded(data))
                .isInstanceOf(WrongSetting.class)
                .hasMessageContaining("no Kontor is running on " + data);

        Files.createDirectory(data.resolve("pg"));
        Files.writeString(data.resolve("pg/postmaster.pid"), "4711\n" + data + "\n1790000000\n54321\n\n127.0.0.1\n");

        assertThat(LedgerProof.embedded(data)).isEqualTo("jdbc:postgresql://127.0.0.1:54321/postgres");
    }
}
