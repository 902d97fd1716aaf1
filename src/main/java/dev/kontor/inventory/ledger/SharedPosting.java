package dev.kontor.inventory.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

import dev.kontor.audit.Act;
import dev.kontor.audit.AuditLog;

/**
 * Puts together what several callers post at the same moment: they share a transaction and its way to the disk, and do not
 * queue for the lock of an item that sells well. Who comes while one such transaction runs is in the next.
 */
@Component
class SharedPosting implements AutoCloseable {

    private static final int MOST = 200;

    private final Ledger ledger;
    private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();
    private final AuditLog audit;
    private final TransactionOperations transaction;
    private final ExecutorService turns =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().name("posting").factory());

    SharedPosting(Ledger ledger, AuditLog audit, TransactionOperations transaction) {
        this.transaction = transaction;
        this.audit = audit;
        this.ledger = ledger;
    }

    private record Waiting(Entry entry, Function<Movement, Act> told, CompletableFuture<Posted> posted) {}

    /**
     * Returns when it is committed. Not called inside a transaction.
     *
     * @param told what to record of a movement that was written, in the transaction that wrote it
     */
    Posted post(Entry entry, Function<Movement, Act> told) {
        var origin = audit.origin(); // another thread will write it
        var own = new Waiting(entry, movement -> told.apply(movement).from(origin), new CompletableFuture<>());
        waiting.add(own);
        turns.execute(this::postTogether); // a turn for each, so that nobody is left behind
        try {
            return own.posted().join();
        } catch (CompletionException e) { // one that cannot be written costs only itself
            return write(List.of(own)).getFirst();
        }
    }

    private void postTogether() {
        var together = next();
        if (together.isEmpty()) {
            return; // others had it in theirs
        }
        try {
            var posted = write(together);
            for (int i = 0; i < posted.size(); i++) {
                together.get(i).posted().complete(posted.get(i));
            }
        } catch (RuntimeException | Error e) {
            together.forEach(it -> it.posted().completeExceptionally(e));
        }
    }

    private List<Posted> write(List<Waiting> together) {
        return Objects.requireNonNull(transaction.execute(_ -> {
            var posted = ledger.post(together.stream().map(Waiting::entry).toList());
            var acts = new ArrayList<Act>();
            for (int i = 0; i < posted.size(); i++) {
                if (posted.get(i) instanceof Posted.Written(var movement)) {
                    acts.add(together.get(i).told().apply(movement));
                }
            }
            if (!acts.isEmpty()) {
                audit.record(acts);
            }
            return posted;
        }));
    }

    private List<Waiting> next() {
        var next = new ArrayList<Waiting>();
        for (var one = waiting.poll(); one != null; one = next.size() < MOST ? waiting.poll() : null) {
            next.add(one);
        }
        return next;
    }

    @Override
    public void close() {
        turns.close();
    }
}
