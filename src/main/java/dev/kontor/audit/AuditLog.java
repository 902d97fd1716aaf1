package dev.kontor.audit;

import org.jmolecules.architecture.hexagonal.PrimaryPort;

/** Takes down who did what. */
@PrimaryPort
public interface AuditLog {

    /**
     * In the transaction that makes the change, so that there is neither one without the other.
     *
     * @throws org.springframework.transaction.IllegalTransactionStateException outside of a transaction
     */
    void record(Change change);

    /** By itself and at once, before something is shown or set in motion that no transaction holds. */
    void recordAtOnce(Change change);
}
