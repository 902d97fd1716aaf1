package dev.kontor.access.limits;

import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.github.bucket4j.TimeMeter;

import dev.kontor.TestRedis;

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

    private final TestRedis redis = TestRedis.start();
    private RedisBuckets one;
    private RedisBuckets other;

    @BeforeEach
    void start() {
        one = buckets();
        other = buckets();
    }

    @AfterEach
    void stop() {
        one.close();
        other.close();
        redis.close();
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
    void eachCountsForItselfWhileRedisIsAwaySaysSoOnceAndComesBack(CapturedOutput output) {
        for (int time = 0; time < 5; time++) {
            one.take(QUOTA, "anna");
        }
        redis.stop();

        assertThat(one.take(QUOTA, "anna").getRemainingTokens()).isEqualTo(3);
        assertThat(one.take(QUOTA, "anna").getRemainingTokens()).isEqualTo(2);
        assertThat(output.getAll().split("counted by this instance of Kontor alone", -1))
                .hasSize(2);

        redis.startAgain();
        await().untilAsserted(() -> {
            one.take(QUOTA, "carl");
            assertThat(output).contains("counted in Redis again");
        });
        assertThat(one.take(QUOTA, "anna").getRemainingTokens()).isEqualTo(3);
    }

    private RedisBuckets buckets() {
        return new RedisBuckets(
                redis.url(), Duration.ofSeconds(20), Duration.ofMillis(200), STANDING, new LocalBuckets(STANDING));
    }
}
