package dev.kontor.notifications.wishes;

import java.time.Instant;
import java.util.Optional;

import org.springframework.stereotype.Component;

import dev.kontor.access.Caller;
import dev.kontor.notifications.Severity;
import dev.kontor.notifications.alerts.Alert;
import dev.kontor.notifications.settings.Live;
import dev.kontor.notifications.settings.RouteProperties;
import dev.kontor.notifications.settings.RouteProperties.Route;

/** Decides whether and when somebody is told of an alert; the same for all channels. */
@Component
public class Telling {

    private final Live<RouteProperties> routes;

    Telling(Live<RouteProperties> routes) {
        this.routes = routes;
    }

    /**
     * @param escalated nobody has taken it, so it also reaches some who did not wish to hear of it
     * @return when it is told; empty where it is not
     */
    public Optional<Instant> when(
            Channel channel, Caller person, Wishes wishes, Alert alert, boolean escalated, Instant now) {
        var all = routes.now();
        var route = route(all, channel);
        boolean goes = route.takes(alert.kind(), alert.severity());
        boolean wanted = route.roles().contains(person.role()) && wishes.wants(alert.kind(), alert.severity());
        if (!goes || !(wanted || escalated && all.escalated().contains(person.role()))) {
            return Optional.empty();
        }
        return Optional.of(alert.severity() == Severity.CRITICAL ? now : wishes.afterQuiet(now));
    }

    private static Route route(RouteProperties all, Channel channel) {
        return switch (channel) {
            case TELEGRAM -> all.telegram();
            case MAIL -> all.mail();
        };
    }
}
