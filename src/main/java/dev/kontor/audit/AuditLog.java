package dev.kontor.audit;

import java.util.Collection;

import org.jmolecules.architecture.hexagonal.PrimaryPort;

/** Takes down who did what. */
@PrimaryPort
public interface AuditLog {

    /**
     * In the transaction that makes the change, so that there is neither one without the other.
     *
     * @throws org.springframework.transaction.IllegalTransactionStateException outside of a transaction
     */
    void record(Act act);

    /** The same for several that were done together. */
    void record(Collection<Act> acts);

    /** By itself and at once, before something is shown or set in motion that no transaction holds. */
    void recordAtOnce(Act act);

    /** Where what this thread does comes from, to be handed to an act that is recorded by another one. */
    Origin origin();
}
