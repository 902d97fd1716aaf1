package dev.kontor.privacy.keys;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

import javax.sql.DataSource;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.modulith.test.ApplicationModuleTest;

import dev.kontor.Kontor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

@ApplicationModuleTest(module = "privacy", extraIncludes = "audit")
class KeyStartTests {

    @Autowired
    KeyChecks checks;

    @Autowired
    DataSource database;

    @Value("${kontor.keys}")
    Path keys;

    @TempDir
    Path elsewhere;

    @Test
    void opensItsOwnKeysAgain() {
        for (var format : formats()) {
            assertThat(checks.open(new KeyDirectory(keys), format)).isNotNull();
        }
    }

    @Test
    void makesNoNewKeysForADatabaseWhoseKeysAreLost() {
        for (var format : formats()) {
            assertThatThrownBy(() -> checks.open(new KeyDirectory(elsewhere.resolve("lost")), format))
                    .isInstanceOf(UnusableKeys.class)
                    .hasMessageContaining("KONTOR_KEYS")
                    .hasMessageContaining("missing");
        }
        assertThat(elsewhere.resolve("lost")).doesNotExist();
    }

    @Test
    void refusesTheKeysOfAnotherDatabase() {
        for (var format : formats()) {
            KeyFile.openOrCreate(new KeyDirectory(elsewhere), format);
            assertThatThrownBy(() -> checks.open(new KeyDirectory(elsewhere), format))
                    .isInstanceOf(UnusableKeys.class)
                    .hasMessageContaining("KONTOR_KEYS")
                    .hasMessageContaining("other keys");
        }
    }

    @Test
    void kontorDoesNotStartWithoutTheKeysOfItsDatabaseAndSaysWhyInOneSentence() throws Exception {
        String url;
        try (var connection = database.getConnection()) {
            url = connection.getMetaData().getURL();
        }
        var failure = catchThrowable(() -> new SpringApplicationBuilder(Kontor.class)
                .web(WebApplicationType.NONE)
                .run("--kontor.database.url=" + url, "--kontor.database.user=postgres", "--kontor.keys=" + elsewhere));
        assertThat(failure).isNotNull();
        var analysis = new UnusableKeys.Analyzer().analyze(failure);
        assertThat(analysis).isNotNull();
        assertThat(analysis.getDescription())
                .contains("KONTOR_KEYS")
                .endsWith(".")
                .doesNotContain("\n");
        try (var files = Files.list(elsewhere)) {
            assertThat(files).isEmpty();
        }
    }

    private static List<KeyFormat<?>> formats() {
        return List.of(new BuyerKeysFormat(), new IndexKeyFormat(), new CredentialKeysFormat(Clock.systemUTC()));
    }
}
