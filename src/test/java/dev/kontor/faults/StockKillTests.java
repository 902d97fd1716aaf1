package dev.kontor.faults;

import java.nio.file.Path;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StockKillTests {

    @TempDir
    Path directory;

    @Test
    @Tag("chaos")
    void theStockIsRightAfterSomeKills() {
        new StockKillRounds(Long.getLong("kontor.test.seed", System.nanoTime()), directory).run(2);
    }

    @Test
    @Tag("chaos")
    void theStockIsRightAfterManyKills() {
        new StockKillRounds(Long.getLong("kontor.test.seed", System.nanoTime()), directory).run(15);
    }
}
