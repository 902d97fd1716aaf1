package dev.kontor;

import java.io.IOException;
import java.io.UncheckedIOException;

import redis.embedded.RedisServer;

/** A Redis process that keeps nothing on the disk, so that it has forgotten everything when it is started again. */
public final class TestRedis implements AutoCloseable {

    private final int port;
    private RedisServer server;

    private TestRedis(int port) {
        this.port = port;
        this.server = launch();
    }

    public static TestRedis start() {
        return new TestRedis(FreePort.find());
    }

    public String url() {
        return "redis://localhost:" + port;
    }

    public void startAgain() {
        server = launch();
    }

    private RedisServer launch() {
        try {
            var launched =
                    RedisServer.newRedisServer().port(port).setting("save \"\"").build();
            launched.start();
            return launched;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void stop() {
        try {
            server.stop();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        stop();
    }
}
