package dev.kontor.accounts;

import java.time.Instant;

import org.jmolecules.event.annotation.DomainEvent;

/** An account stopped being active: paused, disconnected, or its credentials were refused. Its loops stop. */
@DomainEvent
public record AccountDeactivated(AccountId account, Reason reason, Instant at) {

    public enum Reason {
        PAUSED,
        DISCONNECTED,
        REFUSED
    }
}
