/**
 * Remembers who did what to which object, in the transaction that did it, so that nobody can take it back unseen: what is
 * written is never changed, each entry is signed, and a chain of keyed hashes ties each to all before it.
 *
 * <p>Whoever changes something hands a {@link dev.kontor.audit.Act} to the {@link dev.kontor.audit.AuditLog} and names
 * the fields that may be seen. Who acts, from where and in which request or run of a job is known here already.
 */
@ApplicationModule(
        displayName = "Audit log",
        allowedDependencies = {"api"})
@NullMarked
package dev.kontor.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
