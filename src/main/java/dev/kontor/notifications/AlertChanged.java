package dev.kontor.notifications;

import java.time.Instant;

import org.jmolecules.event.annotation.DomainEvent;

/**
 * An alert is not what it was, other than that it was seen again. Published in the transaction that stored it.
 */
@DomainEvent
public record AlertChanged(AlertId alert, AlertKind kind, Severity severity, Change change, Instant at) {

    public enum Change {
        /** Its severity rose. A snooze ends by that. */
        WORSENED,
        /** Its severity fell. */
        EASED,
        /** A person sees to it. */
        TAKEN,
        /** A person wants to hear of it later. */
        SNOOZED,
        /** The time for which it was snoozed is over, and the cause is still there. */
        WOKEN,
        /** The cause came back soon after it had gone, or a person says that it had not. */
        REOPENED
    }
}
