package dev.kontor.inventory.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.springframework.stereotype.Component;

/**
 * Puts together what several callers post at the same moment: they share a transaction and its way to the disk, and do not
 * queue for the lock of an item that sells well. Who comes while one such transaction runs is in the next.
 */
@Component
class SharedPosting implements AutoCloseable {

    private static final int MOST = 200;

    private final Ledger ledger;
    private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();
    private final ExecutorService turns =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().name("posting").factory());

    SharedPosting(Ledger ledger) {
        this.ledger = ledger;
    }

    private record Waiting(Entry entry, CompletableFuture<Posted> posted) {}

    /** Returns when it is committed. Not called inside a transaction. */
    Posted post(Entry entry) {
        var own = new Waiting(entry, new CompletableFuture<>());
        waiting.add(own);
        turns.execute(this::postTogether); // a turn for each, so that nobody is left behind
        try {
            return own.posted().join();
        } catch (CompletionException e) { // one that cannot be written costs only itself
            return ledger.post(List.of(entry)).getFirst();
        }
    }

    private void postTogether() {
        var together = next();
        if (together.isEmpty()) {
            return; // others had it in theirs
        }
        try {
            var posted = ledger.post(together.stream().map(Waiting::entry).toList());
            for (int i = 0; i < posted.size(); i++) {
                together.get(i).posted().complete(posted.get(i));
            }
        } catch (RuntimeException | Error e) {
            together.forEach(it -> it.posted().completeExceptionally(e));
        }
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
