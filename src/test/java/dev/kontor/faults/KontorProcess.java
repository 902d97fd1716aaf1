package dev.kontor.faults;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;

import dev.kontor.HttpCaller;

import static org.assertj.core.api.Assertions.assertThat;

/** Kontor in a process of its own, which can be killed as only a process can. */
public final class KontorProcess implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(5); // on a busy machine

    /** What a JVM that was told to end answers when it did. */
    private static final int TERMINATED = 128 + 15;

    private final Process process;
    private final Path output;

    private KontorProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Starts one with a file for its output and settings such as {@code "server.port=0"}. */
    static KontorProcess start(Path output, Map<String, String> environment, String... settings) {
        return start(output, classPathWithoutTests(), environment, settings);
    }

    /** One that has more classes than those that were built. */
    public static KontorProcess startWith(Path classes, Path output, String... settings) {
        return start(output, classes + File.pathSeparator + classPathWithoutTests(), Map.of(), settings);
    }

    private static KontorProcess start(
            Path output, String classPath, Map<String, String> environment, String... settings) {
        var command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                classPath,
                "dev.kontor.Kontor"));
        Arrays.stream(settings).map(setting -> "--" + setting).forEach(command::add);
        try {
            Files.createDirectories(output.toAbsolutePath().getParent());
            var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("KONTOR_"));
            builder.environment().putAll(environment);
            return new KontorProcess(builder.start(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What Kontor is, and nothing of its tests, which would give it another database. */
    private static String classPathWithoutTests() {
        var whole = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(whole.split(File.pathSeparator))
                .filter(entry -> !entry.endsWith("test-classes") && !entry.endsWith("test-classes/"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Waits until it answers requests at a port. */
    public KontorProcess awaitStart(int port) {
        Awaitility.await()
                .atMost(START)
                .pollInterval(Duration.ofMillis(200))
                .failFast(() -> assertThat(process.isAlive()).as(this::output).isTrue())
                .ignoreExceptions()
                .until(() -> HttpCaller.nobody(port).get("/actuator/health").status() == 200);
        return this;
    }

    int awaitEnd() {
        try {
            if (!process.waitFor(START.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("Kontor goes on running: " + output());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@code kill -9}. */
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** As an operator does who puts a newer one in its place: it may finish what it is about. */
    void stop() {
        process.destroy();
        assertThat(awaitEnd()).as(this::output).isEqualTo(TERMINATED);
    }

    long pid() {
        return process.pid();
    }

    public String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
