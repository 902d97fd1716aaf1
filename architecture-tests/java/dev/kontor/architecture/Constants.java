package dev.kontor.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.Utf8Entry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.tngtech.archunit.core.domain.JavaClass;

/** Every text in a class file: string constants, parts of concatenations, values of annotations, names. */
final class Constants {

    private static final Map<Path, String[]> READ = new ConcurrentHashMap<>();

    private Constants() {}

    static Stream<String> of(JavaClass type) {
        return type.getSource().stream()
                .flatMap(source -> Stream.of(READ.computeIfAbsent(Path.of(source.getUri()), Constants::read)));
    }

    private static String[] read(Path file) {
        try {
            var pool = ClassFile.of().parse(Files.readAllBytes(file)).constantPool();
            return StreamSupport.stream(pool.spliterator(), false)
                    .filter(Utf8Entry.class::isInstance)
                    .map(entry -> ((Utf8Entry) entry).stringValue())
                    .toArray(String[]::new);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
