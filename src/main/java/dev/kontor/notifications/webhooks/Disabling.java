package dev.kontor.notifications.webhooks;

import java.time.Instant;
import java.util.Locale;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

import dev.kontor.audit.Act;
import dev.kontor.audit.AuditLog;
import dev.kontor.notifications.AlertKind;
import dev.kontor.notifications.alerts.Cause;
import dev.kontor.notifications.alerts.Fact;
import dev.kontor.notifications.alerts.Facts;
import dev.kontor.notifications.alerts.Raising;
import dev.kontor.notifications.alerts.Sighting;
import dev.kontor.notifications.alerts.Subject;
import dev.kontor.notifications.webhooks.Endpoint.Disabled;

/** Ends that an endpoint is sent anything, and says so; what waits for it goes on waiting. */
@Component
class Disabling {

    private final Endpoints endpoints;
    private final Raising raising;
    private final AuditLog audit;

    Disabling(Endpoints endpoints, Raising raising, AuditLog audit) {
        this.endpoints = endpoints;
        this.raising = raising;
        this.audit = audit;
    }

    /** Kontor does, for what the endpoint did. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void disable(Endpoint endpoint, Disabled reason, Instant since, Instant now) {
        endpoints.disable(endpoint.id(), reason, now);
        audit.record(Act.of("webhook-endpoint.disabled", "webhook-endpoint", endpoint.id())
                .field("reason", reason)
                .field("since", since));
        var facts = Facts.none()
                .with(Fact.WHAT, reason.name().toLowerCase(Locale.ROOT))
                .with(Fact.SINCE, since);
        raising.raise(cause(endpoint.id()), Sighting.of(reason + " " + now, facts, now));
    }

    /** A person has seen to it, or does not want it any more. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void over(EndpointId endpoint, Instant now) {
        raising.gone(cause(endpoint), now);
    }

    private static Cause cause(EndpointId endpoint) {
        return new Cause(AlertKind.WEBHOOK_DISABLED, Subject.of(Subject.Type.WEBHOOK_ENDPOINT, endpoint));
    }
}
