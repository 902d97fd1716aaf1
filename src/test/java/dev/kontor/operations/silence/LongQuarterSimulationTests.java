package dev.kontor.operations.silence;

import java.io.IOException;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** All the shops, with much luck of different kinds. */
@Tag("simulation")
@SilenceModuleTest
class LongQuarterSimulationTests {

    private static final int QUARTERS = Integer.getInteger("simulation.quarters", 10);

    @Autowired
    QuarterStage stage;

    @Test
    void manyQuartersHaveHardlyAFalseAlarmAndNoTroubleThatIsNotFound() throws IOException {
        stage.play(Quarter.ofAll(7));
        for (int seed = 100; seed < 100 + QUARTERS; seed++) {
            stage.play(Quarter.ofAll(seed));
        }
    }
}
