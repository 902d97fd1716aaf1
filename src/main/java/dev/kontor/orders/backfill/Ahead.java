package dev.kontor.orders.backfill;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Cursor;

/**
 * Fetches pages ahead, and prepares them, while earlier ones are stored: the network, this process and the database work
 * at the same time.
 */
class Ahead implements AutoCloseable {

    /** Pages that wait to be stored, so that memory stays bounded. */
    private static final int PAGES = 8;

    private final BlockingQueue<Answer<PreparedPage>> fetched = new ArrayBlockingQueue<>(PAGES);
    private final Thread fetcher;
    private volatile boolean closed;

    Ahead(@Nullable Cursor from, Function<@Nullable Cursor, Answer<PreparedPage>> fetch) {
        fetcher = Thread.ofVirtual().name("backfill-ahead").start(() -> run(from, fetch));
    }

    private void run(@Nullable Cursor from, Function<@Nullable Cursor, Answer<PreparedPage>> fetch) {
        var at = from;
        try {
            while (!closed) {
                var answer = attempt(fetch, at);
                fetched.put(answer);
                if (!(answer instanceof Answer.Ok<PreparedPage>(var prepared)) || prepared.next() == null) {
                    return;
                }
                at = prepared.next();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    /** A fault must reach the one who waits, or he would wait for ever. */
    private static Answer<PreparedPage> attempt(
            Function<@Nullable Cursor, Answer<PreparedPage>> fetch, @Nullable Cursor at) {
        try {
            return fetch.apply(at);
        } catch (RuntimeException e) {
            return new Answer.Unavailable<>("a fault of Kontor: " + e.getClass().getSimpleName());
        }
    }

    /** At least one answer, and as many more as are there already, up to about {@code orders} orders. */
    List<Answer<PreparedPage>> take(int orders) throws InterruptedException {
        var taken = new ArrayList<Answer<PreparedPage>>();
        var next = fetched.poll(10, TimeUnit.MINUTES);
        if (next == null) {
            throw new IllegalStateException("no answer and no error for ten minutes");
        }
        int size = 0;
        while (next != null) {
            taken.add(next);
            if (!(next instanceof Answer.Ok<PreparedPage>(var prepared))) {
                break;
            }
            size += prepared.orders().size();
            next = size >= orders ? null : fetched.poll();
        }
        return taken;
    }

    @Override
    public void close() {
        closed = true;
        fetcher.interrupt();
    }
}
