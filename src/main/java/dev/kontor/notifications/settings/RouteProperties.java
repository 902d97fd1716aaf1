package dev.kontor.notifications.settings;

import java.util.Set;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import dev.kontor.access.Role;
import dev.kontor.notifications.AlertKind;
import dev.kontor.notifications.Severity;

/**
 * Which alerts go which way, whatever people there wish.
 *
 * @param escalated whom an alert that nobody takes reaches as well, although they did not wish to hear of such alerts
 */
@ConfigurationProperties("kontor.notifications.routes")
public record RouteProperties(
        @DefaultValue Route telegram,
        @DefaultValue Route mail,
        @DefaultValue Selection webhooks,
        @DefaultValue("ADMINISTRATOR") Set<Role> escalated) {

    /**
     * @param least alerts that matter less do not go this way
     * @param without nor do these
     */
    public record Selection(
            @DefaultValue("INFO") Severity least,
            @DefaultValue Set<AlertKind> without) {

        public Selection {
            without = Set.copyOf(without);
        }

        public boolean takes(AlertKind kind, Severity severity) {
            return severity.compareTo(least) >= 0 && !without.contains(kind);
        }
    }

    /**
     * @param least alerts that matter less do not go this way
     * @param without nor do these
     * @param roles nor do any to people who have another one
     */
    public record Route(
            @DefaultValue("INFO") Severity least,
            @DefaultValue Set<AlertKind> without,

            @DefaultValue({"ADMINISTRATOR", "MANAGER", "VIEWER"})
            Set<Role> roles) {

        public Route {
            without = Set.copyOf(without);
            roles = Set.copyOf(roles);
        }

        public boolean takes(AlertKind kind, Severity severity) {
            return severity.compareTo(least) >= 0 && !without.contains(kind);
        }
    }

    public RouteProperties {
        escalated = Set.copyOf(escalated);
    }
}
