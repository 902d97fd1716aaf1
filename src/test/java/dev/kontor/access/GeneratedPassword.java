package dev.kontor.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a test reads the password that the first start made up. */
public record GeneratedPassword(Path file) {

    public static GeneratedPassword in(String data) {
        return new GeneratedPassword(Path.of(data, "administrator-password"));
    }

    public String read() {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
