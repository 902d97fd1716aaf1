package dev.kontor.access.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BreachedPasswordsTests {

    @TempDir
    Path directory;

    @Test
    void findsEveryoneOfTheListAndNoOther() throws Exception {
        var stolen =
                IntStream.range(0, 500).mapToObj(number -> "stolen " + number).toList();
        for (int size : new int[] {1, 2, 3, 17, 500}) {
            var list = BreachedPasswords.in(file(stolen.subList(0, size), "\r\n"));
            assertThat(stolen.subList(0, size)).allMatch(list::contains);
            assertThat(IntStream.range(0, 500).mapToObj(number -> "other " + number))
                    .noneMatch(list::contains);
        }
    }

    @Test
    void isEmptyWhereThereIsNoListAndRefusesOneThatIsMissing() throws IOException {
        assertThat(BreachedPasswords.in(null).contains("password")).isFalse();
        assertThat(BreachedPasswords.in(Files.createFile(directory.resolve("empty")))
                        .contains("password"))
                .isFalse();
        assertThatThrownBy(() -> BreachedPasswords.in(directory.resolve("missing")))
                .isInstanceOf(InvalidConfigurationPropertyValueException.class)
                .hasMessageContaining("KONTOR_PASSWORDS_BREACHED");
    }

    private Path file(List<String> passwords, String end) throws Exception {
        var sha1 = MessageDigest.getInstance("SHA-1");
        var lines = passwords.stream()
                .map(it -> HexFormat.of().withUpperCase().formatHex(sha1.digest(it.getBytes(StandardCharsets.UTF_8))))
                .sorted()
                .map(it -> it + ":" + it.hashCode() % 1000)
                .toList();
        return Files.writeString(directory.resolve("list" + passwords.size()), String.join(end, lines) + end);
    }
}
