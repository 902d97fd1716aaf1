package dev.kontor.operations.silence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestComponent;

import dev.kontor.SettableClock;
import dev.kontor.operations.Verdict;
import dev.kontor.operations.silence.Quarter.Found;

import static org.assertj.core.api.Assertions.assertThat;

/** Plays a {@link Quarter} and judges it. */
@TestComponent
class QuarterStage {

    private static final Path FIGURES = Path.of("target", "silence");

    @Autowired
    SimulatedShops shops;

    @Autowired
    SettableClock clock;

    @Autowired
    Watch watch;

    @Autowired
    Silences silences;

    void play(Quarter quarter) throws IOException {
        clock.advance(Duration.between(clock.instant(), Quarter.BEGIN));
        shops.open(quarter.shops);
        quarter.play(clock, watch, silences);
        Files.createDirectories(FIGURES);
        Files.writeString(FIGURES.resolve("quarter-" + quarter.name + ".txt"), quarter.figures());
        check(quarter);
    }

    private static void check(Quarter quarter) {
        assertThat(quarter.falseAlarms.values())
                .as(() -> quarter.falseOnes.toString())
                .allMatch(alarms -> alarms <= 1);
        assertThat(quarter.notices.values().stream().mapToInt(it -> it).sum())
                .as("times that no order was found strange where it was chance: one a week at most")
                .isLessThanOrEqualTo(Quarter.WEEKS);
        assertThat(quarter.found)
                .filteredOn(it -> it.shown() != null)
                .hasSizeGreaterThan(quarter.troubles() * 3 / 4)
                .allSatisfy(QuarterStage::check);
    }

    private static void check(Found found) {
        assertThat(found.as())
                .isEqualTo(
                        switch (found.planned().trouble()) {
                            case DOWN -> Verdict.MARKETPLACE_DOWN;
                            case FROZEN, LOSING -> Verdict.PIPE_BROKEN;
                            case NONE -> null;
                        });
        assertThat(Duration.between(found.shown(), found.found()))
                .isLessThanOrEqualTo(SimulatedShops.INTERVAL.multipliedBy(2));
    }
}
