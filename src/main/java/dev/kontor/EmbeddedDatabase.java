package dev.kontor;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/**
 * The PostgreSQL that Kontor brings along, with its data under one directory. It survives a stop, a {@code kill -9} of
 * Kontor and of both; one Kontor at a time may use a directory.
 */
class EmbeddedDatabase implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedDatabase.class);

    private final FileChannel lockFile;
    private final EmbeddedPostgres postgres;

    EmbeddedDatabase(Path data) throws IOException {
        var directory = data.toAbsolutePath().normalize();
        Files.createDirectories(directory);
        lockFile = lock(directory);
        try {
            postgres = start(directory.resolve("pg"));
        } catch (IOException | RuntimeException e) {
            lockFile.close();
            throw e;
        }
    }

    String jdbcUrl() {
        return postgres.getJdbcUrl("postgres", "postgres");
    }

    /** The lock is the operating system's: it goes with the process, however that ends. */
    private static FileChannel lock(Path data) throws IOException {
        var channel =
                FileChannel.open(data.resolve("kontor.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tryLock(channel) == null) {
            channel.close();
            throw new WrongSetting("KONTOR_DATA: another Kontor is running on " + data
                    + "; stop it, choose another directory, or give both one KONTOR_DATABASE_URL.");
        }
        return channel;
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // held by this very process
        }
    }

    private static EmbeddedPostgres start(Path directory) throws IOException {
        stopOrphan(directory);
        return EmbeddedPostgres.builder()
                .setDataDirectory(directory)
                .setCleanDataDirectory(false)
                .setServerConfig("listen_addresses", "127.0.0.1") // its authentication is "trust"
                .setServerConfig("max_connections", "100")
                .setServerConfig("fsync", "on") // the library turns it off
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("shared_buffers", "256MB")
                .setServerConfig("max_wal_size", "2GB")
                .setRegisterShutdownHook(false) // it would stop the database under the running pool
                .setPGStartupWait(Duration.ofSeconds(60))
                .start();
    }

    /** After a {@code kill -9} of Kontor its database goes on running, and a new one would wait for it in vain. */
    static void stopOrphan(Path directory) throws IOException {
        var pidFile = directory.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        var pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().trim());
        var orphan = ProcessHandle.of(pid).filter(process -> serves(process, directory));
        if (orphan.isEmpty()) {
            return;
        }
        log.info("Stopping the database that an earlier Kontor left running (process {})", pid);
        orphan.get().destroy();
        try {
            orphan.get().onExit().get(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while stopping process " + pid, e);
        } catch (Exception e) {
            throw new IOException("the database of an earlier Kontor (process " + pid + ") did not stop", e);
        }
    }

    /** The number may belong to another process by now, or the file may have been copied from another directory. */
    private static boolean serves(ProcessHandle process, Path directory) {
        var command = process.info().commandLine().orElse("");
        return command.contains("postgres") && command.contains(directory.toString());
    }

    @Override
    public void close() throws IOException {
        postgres.close();
        lockFile.close();
    }
}
