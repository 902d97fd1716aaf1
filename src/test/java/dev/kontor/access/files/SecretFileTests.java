package dev.kontor.access.files;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

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
    void keepsOneContentWhenManyWriteAtOnce() throws Exception {
        var file = new SecretFile(directory.resolve("secret"));
        try (var threads = Executors.newFixedThreadPool(8)) {
            var seen = threads
                    .invokeAll(IntStream.range(0, 8)
                            .<Callable<String>>mapToObj(i -> () -> file.writeIfAbsent("content " + i))
                            .toList())
                    .stream()
                    .map(Future::resultNow)
                    .distinct()
                    .toList();
            assertThat(seen).containsExactly(file.read().orElseThrow());
        }
    }

    @Test
    void isEmptyWhenItDoesNotExist() {
        assertThat(new SecretFile(directory.resolve("nothing")).read()).isEmpty();
    }
}
