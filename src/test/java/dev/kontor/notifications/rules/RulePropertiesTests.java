package dev.kontor.notifications.rules;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.BindException;

import dev.kontor.notifications.Variables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RulePropertiesTests {

    private static RuleProperties with(Map<String, Object> variables) {
        return Variables.bind(variables, "kontor.notifications.rules", RuleProperties.class);
    }

    @Test
    void areSetByVariables() {
        var properties = with(Map.of(
                "KONTOR_NOTIFICATIONS_RULES_FAILED_RUNS", "7",
                "KONTOR_NOTIFICATIONS_RULES_SILENT_INTERVALS", "9",
                "KONTOR_NOTIFICATIONS_RULES_UNVERIFIED", "2h"));
        assertThat(properties.failedRuns()).isEqualTo(7);
        assertThat(properties.silentIntervals()).isEqualTo(9);
        assertThat(properties.unverified()).isEqualTo(Duration.ofHours(2));
        assertThat(properties.partialRuns()).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource({
        "FAILED_RUNS, 0",
        "PARTIAL_RUNS, -1",
        "SILENT_INTERVALS, 0",
        "SILENT, 0s",
        "QUIET, 0s",
        "HELD, -1m",
        "UNVERIFIED, soon",
        "QUARANTINED, 0",
        "DIFFERING, 0",
        "DATABASE_FAULTS, none"
    })
    void refuseWhatMakesNoSense(String setting, String value) {
        assertThatThrownBy(() -> with(Map.of("KONTOR_NOTIFICATIONS_RULES_" + setting, value)))
                .isInstanceOf(BindException.class);
    }
}
