package dev.kontor.accounts.hooks;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import dev.kontor.SettableClock;
import dev.kontor.marketplaces.FakeMarketplace;
import dev.kontor.marketplaces.FakePush;
import dev.kontor.marketplaces.Marketplaces;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class AnswerTimesTests {

    private static final Duration IN_TIME = FakePush.PATIENCE;
    private static final Duration LATE = FakePush.PATIENCE.plusMillis(1);

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-02T10:15:06Z"));
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AnswerTimes times =
            new AnswerTimes(Marketplaces.of(new FakeMarketplace("fake", clock)), meters, clock);

    @Test
    void countsWhatWasAnsweredInTime() {
        times.answered("fake", 200, IN_TIME);
        times.answered("fake", 200, LATE);
        times.answered("fake", 200, LATE);

        var taken = meters.get("kontor.hooks.answers").tag("status", "200").timer();

        assertThat(taken.count()).isEqualTo(3);
        assertThat(taken.takeSnapshot().histogramCounts()[0].count()).isEqualTo(1);
    }

    @Test
    void saysOnceInAWhileThatAMarketplaceWaitsTooLong(CapturedOutput output) {
        times.answered("fake", 200, IN_TIME);
        assertThat(output).doesNotContain("tells it again");

        times.answered("fake", 200, LATE);
        times.answered("fake", 200, LATE);
        assertThat(output.getAll().split("fake was answered after 1001 ms and waits for 1000 ms", -1))
                .hasSize(2);

        clock.advance(Duration.ofMinutes(11));
        times.answered("fake", 200, LATE);
        assertThat(output.getAll().split("tells it again", -1)).hasSize(3);
    }

    /** It may come from anybody, and nobody tells it again. */
    @Test
    void saysNothingOfWhatWasRefused(CapturedOutput output) {
        times.answered("fake", 400, LATE);

        assertThat(output).doesNotContain("tells it again");
    }

    @Test
    void keepsNothingOfAMarketplaceThatThereIsNot() {
        times.answered("atlantis", 400, LATE);

        assertThat(meters.getMeters()).isEmpty();
    }
}
