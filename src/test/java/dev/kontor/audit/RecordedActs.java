package dev.kontor.audit;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Takes the place of the audit log where a module is tested without it; as strict as that about transactions. */
public class RecordedActs implements AuditLog {

    private final List<Act> acts = new CopyOnWriteArrayList<>();

    @Override
    public void record(Act act) {
        record(List.of(act));
    }

    @Override
    public void record(Collection<Act> recorded) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException(recorded + " outside of a transaction");
        }
        acts.addAll(recorded);
    }

    @Override
    public void recordAtOnce(Act act) {
        acts.add(act);
    }

    @Override
    public Origin origin() {
        return Origin.present();
    }

    /** Also of transactions that were rolled back later. */
    public List<Act> all() {
        return acts;
    }
}
