package dev.kontor.access.files;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * A list of stolen passwords as "Have I Been Pwned" gives it out for use without the net: a line for each SHA-1 in capital
 * hexadecimal digits, ordered, with a colon and a number behind it. It has some forty gigabytes and is searched where it
 * lies.
 */
public final class BreachedPasswords {

    private static final int DIGITS = 40;

    private final @Nullable Path file;

    private BreachedPasswords(@Nullable Path file) {
        this.file = file;
    }

    /** @param file null where there is no list */
    public static BreachedPasswords in(@Nullable Path file) {
        if (file != null && !Files.isReadable(file)) {
            throw new InvalidConfigurationPropertyValueException(
                    "kontor.passwords.breached", file, "KONTOR_PASSWORDS_BREACHED names no file that can be read.");
        }
        return new BreachedPasswords(file);
    }

    public boolean contains(String password) {
        if (file == null) {
            return false;
        }
        try (var lines = new RandomAccessFile(file.toFile(), "r")) {
            return contains(lines, hash(password));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** The line is between the two places, of which the first begins one. */
    private static boolean contains(RandomAccessFile lines, String hash) throws IOException {
        long low = 0;
        long high = lines.length();
        while (low < high) {
            long middle = (low + high) / 2;
            if (middle > low) {
                lines.seek(middle - 1);
                lines.readLine(); // the end of a line that began before
            } else {
                lines.seek(low);
            }
            long begin = lines.getFilePointer();
            var line = begin < high ? lines.readLine() : null;
            int order = line == null ? -1 : hash.compareTo(line.substring(0, Math.min(DIGITS, line.length())));
            if (order == 0) {
                return true;
            }
            if (order < 0) {
                high = middle;
            } else {
                low = lines.getFilePointer();
            }
        }
        return false;
    }

    private static String hash(String password) {
        try {
            var digest = MessageDigest.getInstance("SHA-1").digest(password.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().withUpperCase().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
