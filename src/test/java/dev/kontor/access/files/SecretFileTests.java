package dev.kontor.access.files;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class SecretFileTests {

    @TempDir
    Path directory;

    @Test
    void canBeReadByItsOwnerOnly() throws Exception {
        var file = new SecretFile(directory.resolve("new/secret"));
        file.write("first");
        file.write("second");
        assertThat(file.read()).contains("second");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
                .isEqualTo("rw-------");
        try (var files = Files.list(directory.resolve("new"))) {
            assertThat(files).containsExactly(file.path());
        }
    }

    @Test
    void isEmptyWhenItDoesNotExist() {
        assertThat(new SecretFile(directory.resolve("nothing")).read()).isEmpty();
    }
}
