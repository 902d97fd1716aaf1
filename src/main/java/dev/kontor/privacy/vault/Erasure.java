package dev.kontor.privacy.vault;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

import dev.kontor.audit.Act;
import dev.kontor.audit.AuditLog;
import dev.kontor.privacy.BuyerErased;
import dev.kontor.privacy.BuyerId;
import dev.kontor.privacy.BuyerRecords;
import dev.kontor.privacy.keys.BuyerKeys;
import dev.kontor.privacy.keys.KeyChecks;
import dev.kontor.privacy.keys.KeyFile;
import dev.kontor.privacy.vault.ErasureProof.Cause;
import dev.kontor.privacy.vault.ErasureProof.Reason;
import dev.kontor.privacy.vault.Erasures.Pending;

/**
 * Destroys keys: first the database says so, then the file on the disk has no way to them any more, then the database
 * says that it is done and {@link BuyerErased} tells everybody in that same transaction. Whatever stops it in between,
 * the next {@link #resume()} goes on.
 */
@Component
public class Erasure {

    static final int BATCH = 500;

    private final KeyFile<BuyerKeys> file;
    private final KeyChecks checks;
    private final Erasures erasures;
    private final Gaps gaps;
    private final Reconciliation reconciliation;
    private final ErasureProofs proofs;
    private final ObjectProvider<BuyerRecords> records;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final TransactionTemplate transaction;
    private final AuditLog audit;

    Erasure(
            KeyFile<BuyerKeys> file,
            KeyChecks checks,
            Erasures erasures,
            Gaps gaps,
            Reconciliation reconciliation,
            ErasureProofs proofs,
            ObjectProvider<BuyerRecords> records,
            ApplicationEventPublisher events,
            Clock clock,
            PlatformTransactionManager transactions,
            AuditLog audit) {
        this.audit = audit;
        this.file = file;
        this.checks = checks;
        this.erasures = erasures;
        this.gaps = gaps;
        this.reconciliation = reconciliation;
        this.proofs = proofs;
        this.records = records;
        this.events = events;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
        this.transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /**
     * Once more does no harm, and completes what was interrupted.
     *
     * @param askedBy the person or the API key
     */
    public boolean erase(BuyerId buyer, @Nullable UUID askedBy) {
        var condemned = condemn(
                List.of(buyer.value()),
                Erasures.EVER,
                new Reason(Cause.REQUEST, askedBy),
                _ -> Act.of("buyer.erased", "buyer", buyer.value()).hidden("personalData"));
        resume();
        return !condemned.isEmpty();
    }

    /** @param told what to record of those that are condemned, where there are any */
    List<UUID> condemn(Collection<UUID> buyers, Instant before, Reason reason, Function<List<UUID>, Act> told) {
        return transaction.execute(status -> {
            var condemned = erasures.condemn(buyers, before, reason);
            if (!condemned.isEmpty()) {
                audit.record(told.apply(condemned));
            }
            return condemned;
        });
    }

    /** Completes what was decided, here or by another instance. */
    void resume() {
        int done;
        do {
            done = transaction.execute(status -> step());
        } while (done > 0);
    }

    /** Also where nothing looks amiss, compares every buyer with the tree. */
    void reconcile() {
        transaction.executeWithoutResult(status -> {
            erasures.lock();
            reconciliation.run();
        });
        resume();
    }

    private int step() {
        erasures.lock();
        if (checks.generation(BuyerKeys.NAME) != file.latest().generation()) {
            reconciliation.run();
        }
        var pending = erasures.pending(BATCH);
        destroy(pending);
        erasures.complete(pending.stream().map(Pending::id).toList(), clock.instant());
        checks.advance(BuyerKeys.NAME, file.latest().generation());
        pending.forEach(it -> tell(new BuyerId(it.id())));
        return pending.size();
    }

    private void tell(BuyerId buyer) {
        var words = records.orderedStream().mapToLong(it -> it.forget(buyer)).sum();
        proofs.complete(buyer, words, file.latest().generation(), clock.instant());
        events.publishEvent(new BuyerErased(buyer, clock.instant()));
    }

    private void destroy(List<Pending> pending) {
        var keys = file.latest();
        var living = pending.stream().map(Pending::leaf).filter(keys::covers).toList();
        if (!living.isEmpty()) {
            var ranges = gaps.around(living);
            file.replace(present -> present.without(ranges));
        }
    }
}
