package dev.kontor.sandbox.world;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Deeds as lines of one file, each written before its effect is told; without a directory they are forgotten at the end. */
public final class Journal implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final @Nullable Path file;
    private final List<Deed> past;
    private @Nullable RandomAccessFile channel;

    public Journal(@Nullable Path directory) {
        this.file = directory == null ? null : directory.resolve("story.jsonl");
        this.past = file == null ? List.of() : open(file);
    }

    /** What happened before this start, oldest first. */
    public List<Deed> past() {
        return past;
    }

    public synchronized void write(Deed deed) {
        if (channel == null) {
            return;
        }
        try {
            var line = JSON.writeValueAsString(deed) + "\n";
            channel.write(line.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        }
    }

    /** Another story begins: what is known so far is put aside. */
    public synchronized void restart() {
        if (channel == null || file == null) {
            return;
        }
        try {
            Files.copy(file, file.resolveSibling("story-before.jsonl"), StandardCopyOption.REPLACE_EXISTING);
            channel.setLength(0);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot restart " + file, e);
        }
    }

    private List<Deed> open(Path path) {
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
            var deeds = new ArrayList<Deed>();
            channel = new RandomAccessFile(path.toFile(), "rw");
            channel.setLength(readInto(deeds, Files.readAllBytes(path)));
            channel.seek(channel.length());
            return List.copyOf(deeds);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot open " + path, e);
        }
    }

    /** Answers where the last whole line ends: a line cut off by a crash never took effect. */
    private static long readInto(List<Deed> deeds, byte[] bytes) {
        var start = 0;
        for (var i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                try {
                    deeds.add(JSON.readValue(bytes, start, i - start, Deed.class));
                } catch (JacksonException e) {
                    return start;
                }
                start = i + 1;
            }
        }
        return start;
    }

    @Override
    public synchronized void close() {
        try {
            if (channel != null) {
                channel.close();
                channel = null;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot close " + file, e);
        }
    }
}
