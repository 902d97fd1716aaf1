package dev.kontor.access.limits;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.github.bucket4j.TimeMeter;
import redis.embedded.RedisServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Against a Redis process that is stopped and started again. */
@ExtendWith(OutputCaptureExtension.class)
class RedisBucketsTests {

    private static final Quota QUOTA = new Quota("key", 4);

    /** Nothing comes in while a test runs. */
    private static final TimeMeter STANDING = new TimeMeter() {
        @Override
        public long currentTimeNanos() {
            return 1_000_000_000_000_000_000L;
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }
    };

    private int port;
    private RedisServer server;
    private RedisBuckets one;
    private RedisBuckets other;

    @BeforeEach
    void start() throws IOException {
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        server = newServer();
        one = buckets();
        other = buckets();
    }

    @AfterEach
    void stop() throws IOException {
        one.close();
        other.close();
        server.stop();
    }

    @Test
    void instancesCountTogether() {
        assertThat(one.take(QUOTA, "anna").getRemainingTokens()).isEqualTo(3);
        assertThat(other.take(QUOTA, "anna").getRemainingTokens()).isEqualTo(2);
        assertThat(other.take(QUOTA, "bert").getRemainingTokens()).isEqualTo(3);
        assertThat(one.take(QUOTA, "anna").getRemainingTokens()).isEqualTo(1);
        assertThat(other.take(QUOTA, "anna").getRemainingTokens()).isZero();
        assertThat(one.take(QUOTA, "anna").isConsumed()).isFalse();
    }

    @Test
    void eachCountsForItselfWhileRedisIsAwaySaysSoOnceAndComesBack(CapturedOutput output) throws IOException {
        for (int time = 0; time < 5; time++) {
            one.take(QUOTA, "anna");
        }
        server.stop();

        assertThat(one.take(QUOTA, "anna").getRemainingTokens()).isEqualTo(3);
        assertThat(one.take(QUOTA, "anna").getRemainingTokens()).isEqualTo(2);
        assertThat(output.getAll().split("counted by this instance of Kontor alone", -1))
                .hasSize(2);

        server = newServer();
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            one.take(QUOTA, "carl");
            assertThat(output).contains("counted in Redis again");
        });
        assertThat(one.take(QUOTA, "anna").getRemainingTokens()).isEqualTo(3);
    }

    private RedisBuckets buckets() {
        return new RedisBuckets(
                "redis://localhost:" + port, Duration.ofMillis(200), STANDING, new LocalBuckets(STANDING));
    }

    private RedisServer newServer() throws IOException {
        var started =
                RedisServer.newRedisServer().port(port).setting("save \"\"").build();
        started.start();
        return started;
    }
}
