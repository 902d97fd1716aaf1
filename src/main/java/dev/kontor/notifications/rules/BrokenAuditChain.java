package dev.kontor.notifications.rules;

import org.springframework.modulith.events.ApplicationModuleListener;
import org.springframework.stereotype.Component;

import dev.kontor.audit.AuditChainVerified;
import dev.kontor.notifications.AlertKind;
import dev.kontor.notifications.alerts.Cause;
import dev.kontor.notifications.alerts.Fact;
import dev.kontor.notifications.alerts.Facts;
import dev.kontor.notifications.alerts.Raising;
import dev.kontor.notifications.alerts.Sighting;
import dev.kontor.notifications.alerts.Subject;

/** The audit log is not as Kontor wrote it. */
@Component
class BrokenAuditChain {

    private final Raising raising;

    BrokenAuditChain(Raising raising) {
        this.raising = raising;
    }

    @ApplicationModuleListener
    void on(AuditChainVerified event) {
        var cause = new Cause(AlertKind.AUDIT_BROKEN, Subject.KONTOR);
        var first = event.first();
        if (first == null) {
            raising.gone(cause, event.at());
        } else {
            var facts = Facts.none().with(Fact.PLACES, event.broken()).with(Fact.WHAT, first);
            raising.raise(cause, Sighting.of(event.at(), facts, event.at()));
        }
    }
}
