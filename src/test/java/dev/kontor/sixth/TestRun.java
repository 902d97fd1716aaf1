package dev.kontor.sixth;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests that run in a process of their own, whose class path begins with the classes of a source tree. */
final class TestRun implements AutoCloseable {

    private final Process process;
    private final Path output;

    private TestRun(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** @param selected packages, classes and methods */
    static TestRun begin(SourceTree tree, Path output, String... selected) throws IOException {
        var classPath = String.join(
                File.pathSeparator,
                tree.testClasses().toString(),
                tree.classes().toString(),
                SourceTree.classPath());
        var command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx1g",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                classPath,
                TestRun.class.getName()));
        command.addAll(List.of(selected));
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new TestRun(process, output);
    }

    /** Waits for its end, and fails unless each that was selected brought tests that pass, and none that does not. */
    void passes() throws IOException, InterruptedException {
        var exit = process.waitFor();
        assertThat(exit).as(Files.readString(output)).isZero();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    public static void main(String[] selected) {
        System.exit(Arrays.stream(selected).allMatch(TestRun::pass) ? 0 : 1);
    }

    private static boolean pass(String selected) {
        var summary = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selector(selected))
                                .build(),
                        summary);
        summary.getSummary().printTo(new PrintWriter(System.out));
        summary.getSummary().printFailuresTo(new PrintWriter(System.out));
        return summary.getSummary().getTestsSucceededCount() > 0
                && summary.getSummary().getTotalFailureCount() == 0;
    }

    private static DiscoverySelector selector(String selected) {
        return selected.contains("#")
                ? DiscoverySelectors.selectMethod(selected)
                : Character.isUpperCase(selected.charAt(selected.lastIndexOf('.') + 1))
                        ? DiscoverySelectors.selectClass(selected)
                        : DiscoverySelectors.selectPackage(selected);
    }
}
