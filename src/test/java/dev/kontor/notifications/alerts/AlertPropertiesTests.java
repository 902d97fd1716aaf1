package dev.kontor.notifications.alerts;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.BindException;

import dev.kontor.notifications.AlertKind;
import dev.kontor.notifications.Severity;
import dev.kontor.notifications.Variables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AlertPropertiesTests {

    private static AlertProperties with(Map<String, Object> variables) {
        return Variables.bind(variables, "kontor.notifications.alerts", AlertProperties.class);
    }

    @Test
    void haveDefaults() {
        var properties = with(Map.of());
        assertThat(properties.severity(AlertKind.OVERSELL, null)).isEqualTo(Severity.CRITICAL);
        assertThat(properties.severity(AlertKind.OVERSELL, Severity.INFO)).isEqualTo(Severity.INFO);
        assertThat(properties.untilEscalation(Severity.CRITICAL)).isEqualTo(Duration.ofMinutes(15));
        assertThat(properties.untilEscalation(Severity.WARNING)).isEqualTo(Duration.ofHours(4));
        assertThat(properties.untilEscalation(Severity.INFO)).isNull();
        assertThat(properties.damping()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void areSetByVariables() {
        var properties = with(Map.of(
                "KONTOR_NOTIFICATIONS_ALERTS_SEVERITY_SYNC_FAILING", "critical",
                "KONTOR_NOTIFICATIONS_ALERTS_ESCALATION_CRITICAL", "0s",
                "KONTOR_NOTIFICATIONS_ALERTS_DAMPING", "10m"));
        assertThat(properties.severity(AlertKind.SYNC_FAILING, Severity.INFO)).isEqualTo(Severity.CRITICAL);
        assertThat(properties.severity(AlertKind.SYNC_PARTIAL, Severity.INFO)).isEqualTo(Severity.INFO);
        assertThat(properties.untilEscalation(Severity.CRITICAL)).isNull();
        assertThat(properties.damping()).isEqualTo(Duration.ofMinutes(10));
    }

    @ParameterizedTest
    @CsvSource({
        "DAMPING, -1s",
        "DAMPING, soon",
        "LEVELS, -1",
        "LEVELS, 101",
        "KEEP, 1h",
        "ESCALATION_WARNING, -1m",
        "SEVERITY_SYNC_FAILING, awful",
        "SEVERITY_NO_SUCH_KIND, info"
    })
    void refuseWhatMakesNoSense(String setting, String value) {
        assertThatThrownBy(() -> with(Map.of("KONTOR_NOTIFICATIONS_ALERTS_" + setting, value)))
                .isInstanceOf(BindException.class);
    }
}
