package dev.kontor;

import java.nio.file.FileSystemException;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/** Kontor cannot read or write where its data should be. */
class UnusableDirectory extends SentenceAnalyzer<FileSystemException> {

    private final Environment environment;

    UnusableDirectory(Environment environment) {
        this.environment = environment;
    }

    @Override
    @Nullable
    String sentence(Throwable rootFailure, FileSystemException cause) {
        var data = Path.of(environment.getProperty("kontor.data", "./data"))
                .toAbsolutePath()
                .normalize();
        var file = cause.getFile();
        return file != null && Path.of(file).toAbsolutePath().normalize().startsWith(data)
                ? "KONTOR_DATA: " + data + " is not a directory in which Kontor can read and write."
                : null;
    }
}
