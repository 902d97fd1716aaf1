package dev.kontor.privacy.keys;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/** The directory of the key files. A file in it is whole at any moment, also after a power cut. */
final class KeyDirectory {

    private static final Map<Path, ReentrantLock> locks = new ConcurrentHashMap<>(); // a file lock is the process's
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private final Path path;

    KeyDirectory(Path path) {
        this.path = path.toAbsolutePath().normalize();
    }

    /** What changes whenever a file is replaced. */
    record Stamp(FileTime modified, long size, @Nullable Object inode) {}

    interface Action<T> {
        T run() throws IOException;
    }

    Path resolve(String name) {
        return path.resolve(name);
    }

    /** One at a time among all threads and processes that use this directory. */
    <T> T locked(Action<T> action) throws IOException {
        Files.createDirectories(path, only("rwx------"));
        var lock = locks.computeIfAbsent(path, any -> new ReentrantLock());
        lock.lock();
        try (var channel = FileChannel.open(
                        resolve("lock"),
                        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                        only("rw-------"));
                var _ = channel.lock()) {
            return action.run();
        } finally {
            lock.unlock();
        }
    }

    byte @Nullable [] read(String name) throws IOException {
        try {
            return Files.readAllBytes(resolve(name));
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    @Nullable
    Stamp stamp(String name) throws IOException {
        try {
            var attributes = Files.readAttributes(resolve(name), BasicFileAttributes.class);
            return new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /**
     * Only under the lock. The temporary file always has the same name: what a crash leaves behind would be a copy of
     * keys that later erasures must destroy, and so the next replacement overwrites it.
     */
    void replace(String name, byte[] content) throws IOException {
        var temporary = resolve(name + ".new");
        Files.deleteIfExists(temporary);
        try (var channel = FileChannel.open(
                temporary, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), only("rw-------"))) {
            var buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
        Files.move(temporary, resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        if (POSIX) {
            try (var directory = FileChannel.open(path, StandardOpenOption.READ)) {
                directory.force(true);
            }
        }
    }

    /** Only under the lock. */
    void sweep(String name) throws IOException {
        Files.deleteIfExists(resolve(name + ".new"));
    }

    private static FileAttribute<?>[] only(String permissions) {
        return POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
