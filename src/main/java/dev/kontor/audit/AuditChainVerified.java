package dev.kontor.audit;

import java.time.Instant;

import org.jmolecules.event.annotation.DomainEvent;
import org.jspecify.annotations.Nullable;

/**
 * The whole chain was gone over, as it is once a day.
 *
 * @param broken how many links or entries are not what they should be
 * @param first what is wrong with the first of these; null where the chain holds
 */
@DomainEvent
public record AuditChainVerified(long broken, @Nullable String first, Instant at) {

    public boolean intact() {
        return first == null;
    }
}
