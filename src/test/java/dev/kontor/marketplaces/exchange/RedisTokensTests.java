package dev.kontor.marketplaces.exchange;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import dev.kontor.TestRedis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** Against a Redis process that is killed and started again. */
@ExtendWith(OutputCaptureExtension.class)
class RedisTokensTests {

    private static final Limit SLOW = new Limit(10, 60); // one a second

    private final TestRedis redis = TestRedis.start();
    private RedisLink one;
    private RedisLink other;

    @BeforeEach
    void start() {
        one = link();
        other = link();
    }

    @AfterEach
    void stop() {
        one.close();
        other.close();
        redis.close();
    }

    @Test
    void instancesTakeFromTheSameBucket() {
        var begun = System.nanoTime();
        var here = tokens(one);
        var there = tokens(other);
        await().until(() -> here.take(1, 2) == 0); // three have come in, one is taken

        assertThat(there.take(1, 0)).isZero();
        assertThat(there.take(1, 0)).isZero();
        int taken = 3 + whatIsLeft(here) + whatIsLeft(there);
        var seconds = (System.nanoTime() - begun) / 1_000_000_000;
        assertThat(taken).as("by both, of one a second").isLessThanOrEqualTo((int) seconds);
    }

    @Test
    void fallsBackToItsShareWhenRedisIsLostSaysSoOnceAndComesBack(CapturedOutput output) {
        var limit = new Limit(100, 60_000);
        var tokens = new RedisTokenStore(one, () -> 0.5).open("lost", limit);
        await().until(() -> tokens.take(1, 0) == 0);
        await().until(() -> one.use(it -> it.sync().ping()).isPresent()); // not too slow a moment ago
        int lostBefore = timesLost(output);

        redis.stop();

        await().until(() -> tokens.take(1, 0) == 0); // out of its own pocket
        assertThat(drained(tokens, Duration.ofMillis(500))).isLessThan(400); // half of 500, and half a burst
        assertThat(timesLost(output)).isEqualTo(lostBefore + 1);

        redis.startAgain();

        await().untilAsserted(() -> {
            tokens.take(1, 0);
            assertThat(output).contains("Redis is back");
        });
    }

    @Test
    void aBanHoldsForAllInstancesAndIsRememberedWithoutRedis() {
        var here = bans(one);
        var there = bans(other);
        var until = Instant.ofEpochMilli(Instant.now().plusSeconds(60).toEpochMilli());

        await().untilAsserted(() -> {
            here.add("allegro:application:x", until); // on a busy machine Redis may be too slow for once
            assertThat(there.until("allegro:application:x")).contains(until);
        });

        assertThat(there.until("allegro:application:y")).isEmpty();
        redis.stop();
        assertThat(here.until("allegro:application:x")).contains(until);
    }

    @Test
    void oneRefusalSlowsAllInstancesDownAndIsRememberedWithoutRedis() {
        var here = slowdowns(one);
        var there = slowdowns(other);
        assertThat(there.pace("allegro:application:x")).isEqualTo(1);

        await().untilAsserted(() -> {
            here.add("allegro:application:x", Instant.now().plusSeconds(60)); // which is one, however often it is told
            assertThat(there.pace("allegro:application:x")).isEqualTo(0.5);
        });
        there.add("allegro:application:x", Instant.now().plusSeconds(60)); // the same ban
        assertThat(there.pace("allegro:application:x")).isEqualTo(0.5);
        assertThat(there.pace("allegro:application:y")).isEqualTo(1);
        redis.stop();
        assertThat(there.pace("allegro:application:x")).isEqualTo(0.5);
    }

    @Test
    void aWrongAddressStopsTheStartAndIsNotQuoted() {
        assertThatThrownBy(() -> new RedisLink("localhost 6379:secret", Duration.ofSeconds(1), Duration.ofSeconds(1)))
                .isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class, wrong -> {
                    assertThat(wrong.getReason()).contains("KONTOR_REDIS_URL");
                    assertThat(wrong.toString()).doesNotContain("secret");
                });
    }

    private static int whatIsLeft(Tokens tokens) {
        int taken = 0;
        while (tokens.take(1, 0) == 0) {
            taken++;
        }
        return taken;
    }

    private static int timesLost(CapturedOutput output) {
        return output.getAll().split("Redis cannot be reached", -1).length - 1;
    }

    private static int drained(Tokens tokens, Duration time) {
        var end = System.nanoTime() + time.toNanos();
        var taken = 0;
        while (System.nanoTime() < end) {
            taken += tokens.take(1, 0) == 0 ? 1 : 0;
        }
        return taken;
    }

    private Tokens tokens(RedisLink link) {
        return new RedisTokenStore(link, () -> 0.5).open("shared", SLOW);
    }

    private static Bans bans(RedisLink link) {
        var beans = new StaticListableBeanFactory();
        beans.addBean("redisLink", link);
        return new Bans(Clock.systemUTC(), beans.getBeanProvider(RedisLink.class));
    }

    private static Slowdowns slowdowns(RedisLink link) {
        var beans = new StaticListableBeanFactory();
        beans.addBean("redisLink", link);
        return new Slowdowns(
                TestExchange.properties(Map.of()), Clock.systemUTC(), beans.getBeanProvider(RedisLink.class));
    }

    private RedisLink link() {
        return new RedisLink(redis.url(), Duration.ofSeconds(20), Duration.ofMillis(200));
    }
}
