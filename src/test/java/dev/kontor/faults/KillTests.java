package dev.kontor.faults;

import java.nio.file.Path;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KillTests {

    @TempDir
    Path directory;

    @Test
    void theArchiveIsWholeAfterSomeKills() {
        new KillRounds(Long.getLong("kontor.test.seed", System.nanoTime()), directory).run(3, 1_200);
    }

    @Test
    @Tag("chaos")
    void theArchiveIsWholeAfterManyKills() {
        new KillRounds(Long.getLong("kontor.test.seed", System.nanoTime()), directory).run(20, 3_000);
    }
}
