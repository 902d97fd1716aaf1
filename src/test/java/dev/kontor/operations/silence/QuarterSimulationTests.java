package dev.kontor.operations.silence;

import java.io.IOException;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * What a quarter costs in false alarms, and how soon what is wrong is found in it; {@code target/silence} has the figures.
 * Of the shops those that are hardest to understand; {@link LongQuarterSimulationTests} has them all.
 */
@SilenceModuleTest
class QuarterSimulationTests {

    @Autowired
    QuarterStage stage;

    @Test
    void aQuarterHasHardlyAFalseAlarmAndNoTroubleThatIsNotFound() throws IOException {
        stage.play(Quarter.ofFew(7));
    }
}
