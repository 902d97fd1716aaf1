package dev.kontor.notifications.alerts;

import java.time.Duration;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import dev.kontor.notifications.AlertKind;
import dev.kontor.notifications.Severity;

/**
 * How alerts live.
 *
 * @param severity by kind, whatever the rule says
 * @param damping a cause that comes back so soon after it had gone is still the same alert
 * @param escalation after how long without anybody an alert's level rises, by severity; zero for never
 * @param levels up to which it rises
 * @param keep for how long alerts that are resolved stay
 */
@ConfigurationProperties("kontor.notifications.alerts")
record AlertProperties(
        @DefaultValue Map<AlertKind, Severity> severity,
        @DefaultValue("1h") Duration damping,
        @DefaultValue Escalation escalation,
        @DefaultValue("3") int levels,
        @DefaultValue("365d") Duration keep) {

    record Escalation(
            @DefaultValue("0s") Duration info,
            @DefaultValue("4h") Duration warning,
            @DefaultValue("15m") Duration critical) {

        Escalation {
            if (info.isNegative() || warning.isNegative() || critical.isNegative()) {
                throw new IllegalArgumentException(
                        "kontor.notifications.alerts.escalation must not have a negative time; zero is for never");
            }
        }
    }

    AlertProperties {
        severity = Map.copyOf(severity);
        if (damping.isNegative()) {
            throw new IllegalArgumentException("kontor.notifications.alerts.damping must not be negative");
        }
        if (levels < 0 || levels > 100) {
            throw new IllegalArgumentException("kontor.notifications.alerts.levels must be from 0 to 100");
        }
        if (keep.compareTo(Duration.ofDays(1)) < 0) {
            throw new IllegalArgumentException("kontor.notifications.alerts.keep must be at least one day");
        }
    }

    Severity severity(AlertKind kind, @Nullable Severity said) {
        return severity.getOrDefault(kind, said == null ? kind.severity() : said);
    }

    /** Null where it never is. */
    @Nullable
    Duration untilEscalation(Severity of) {
        var time = switch (of) {
            case INFO -> escalation.info();
            case WARNING -> escalation.warning();
            case CRITICAL -> escalation.critical();
        };
        return time.isZero() ? null : time;
    }
}
