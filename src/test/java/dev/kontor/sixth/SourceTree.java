package dev.kontor.sixth;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import javax.tools.ToolProvider;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sources beside the project's own, compiled as the build would compile them: first the application's, then the tests'.
 *
 * @param target where the classes lie, as in the project's {@code target}
 */
record SourceTree(Path sources, Path target) {

    static SourceTree compile(Path sources, Path directory) throws IOException {
        var tree = new SourceTree(sources, directory.resolve("target"));
        javac(sources.resolve("main/java"), tree.classes(), classPath());
        javac(sources.resolve("test/java"), tree.testClasses(), tree.classes() + File.pathSeparator + classPath());
        return tree;
    }

    private static void javac(Path sources, Path target, String classPath) throws IOException {
        var messages = new StringWriter();
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, Locale.ROOT, null)) {
            var options = List.of("-d", target.toString(), "-cp", classPath, "-proc:none", "-parameters", "-nowarn");
            var units = files.getJavaFileObjectsFromPaths(javaFiles(sources));
            Files.createDirectories(target);
            var compiled = compiler.getTask(messages, files, null, options, null, units)
                    .call();
            assertThat(compiled).as(messages.toString()).isTrue();
        }
    }

    private static List<Path> javaFiles(Path sources) throws IOException {
        try (var files = Files.walk(sources)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    /** The class path of this process, tests included. */
    static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    Path classes() {
        return target.resolve("classes");
    }

    Path testClasses() {
        return target.resolve("test-classes");
    }

    /** Whose marketplace it is, as its only package says. */
    String marketplace() throws IOException {
        try (var packages = Files.list(sources.resolve("main/java/dev/kontor/marketplaces"))) {
            return packages.map(Path::getFileName).map(Path::toString).reduce("", String::concat);
        }
    }

    /** The application's classes with those of this process below them. */
    URLClassLoader loader() throws MalformedURLException {
        return new URLClassLoader(
                Stream.of(classes().toUri().toURL()).toArray(URL[]::new), SourceTree.class.getClassLoader());
    }
}
