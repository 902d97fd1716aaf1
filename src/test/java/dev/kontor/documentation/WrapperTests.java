package dev.kontor.documentation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The script that starts Maven, in a home directory of its own. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class WrapperTests {

    @TempDir
    Path home;

    private record Outcome(int status, String output) {}

    private Outcome mvnw(String path) throws IOException, InterruptedException {
        var builder = new ProcessBuilder("sh", "mvnw", "-v").redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("HOME", home.toString());
        builder.environment().put("PATH", path);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        var process = builder.start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Outcome(process.exitValue(), output);
    }

    private static String version() throws IOException {
        var properties = new Properties();
        try (var file = Files.newBufferedReader(Path.of(".mvn/wrapper/maven-wrapper.properties"))) {
            properties.load(file);
        }
        return properties.getProperty("distributionVersion");
    }

    private static void script(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + text + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    @Test
    void startsThePinnedMavenOnAJdkOfTheRightVersionAndAsksNoRepositoryThatAPomNames() throws Exception {
        script(
                home.resolve(".m2/wrapper/dists/apache-maven-" + version() + "/bin/mvn"),
                "echo \"$@\"; cat \"$JAVA_HOME/release\"");

        var outcome = mvnw(System.getenv("PATH"));

        assertThat(outcome.status()).isZero();
        assertThat(outcome.output()).startsWith("-itr -v\n").contains("JAVA_VERSION=\"25");
    }

    @Test
    void refusesADownloadWithAnotherChecksum() throws Exception {
        var tools = home.resolve("tools");
        script(tools.resolve("mvn"), "exit 1"); // an installed Maven that cannot fetch it
        script(tools.resolve("curl"), "while [ $# -gt 0 ]; do [ \"$1\" = -o ] && echo forged > \"$2\"; shift; done");

        var outcome = mvnw(tools + ":" + System.getenv("PATH"));

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.output()).contains("the checksum of the downloaded Maven " + version() + " is wrong");
        assertThat(home.resolve(".m2/wrapper/dists/apache-maven-" + version())).doesNotExist();
    }
}
