package dev.kontor.orders.backfill;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Cursor;

/**
 * Fetches pages ahead, and prepares them, while earlier ones are stored: the network and the database work at the same time. A call that is
 * under way is never broken off; what it brings is stored as well, or fetched again later.
 */
class Ahead implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Ahead.class);

    /** Pages that wait to be stored, so that memory stays bounded. */
    private static final int PAGES = 8;

    private final BlockingQueue<Answer<PreparedPage>> fetched = new ArrayBlockingQueue<>(PAGES);
    private final Thread fetcher;
    private volatile boolean enough;

    Ahead(@Nullable Cursor from, Function<@Nullable Cursor, Answer<PreparedPage>> fetch) {
        fetcher = Thread.ofVirtual().name("backfill-ahead").start(() -> run(from, fetch));
    }

    private void run(@Nullable Cursor from, Function<@Nullable Cursor, Answer<PreparedPage>> fetch) {
        var at = from;
        try {
            while (!enough) {
                var answer = attempt(fetch, at);
                fetched.put(answer);
                if (!(answer instanceof Answer.Ok<PreparedPage>(var prepared)) || prepared.next() == null) {
                    return;
                }
                at = prepared.next();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody does, but the compiler cannot know
        }
    }

    /** A fault must reach the one who waits, or he would wait for ever. */
    private static Answer<PreparedPage> attempt(
            Function<@Nullable Cursor, Answer<PreparedPage>> fetch, @Nullable Cursor at) {
        try {
            return fetch.apply(at);
        } catch (RuntimeException e) {
            log.error("Fetching a page of the past failed", e);
            return new Answer.Unavailable<>("a fault of Kontor: " + e.getClass().getSimpleName());
        }
    }

    /** Fetch no more than what is under way. */
    void enough() {
        enough = true;
    }

    /**
     * At least one answer, and as many more as are there already, up to about {@code orders} orders; none once everything
     * that was fetched has been taken.
     */
    List<Answer<PreparedPage>> take(int orders) throws InterruptedException {
        var taken = new ArrayList<Answer<PreparedPage>>();
        int size = 0;
        var next = first();
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

    private @Nullable Answer<PreparedPage> first() throws InterruptedException {
        while (true) {
            var ended = !fetcher.isAlive();
            var next = fetched.poll(50, TimeUnit.MILLISECONDS);
            if (next != null || ended) {
                return next;
            }
        }
    }

    /** Lets the fetcher end, also where its queue is full; what nobody took is fetched again another time. */
    @Override
    public void close() {
        enough = true;
        fetched.clear();
    }
}
