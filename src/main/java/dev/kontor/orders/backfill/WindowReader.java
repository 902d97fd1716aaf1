package dev.kontor.orders.backfill;

import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Period;
import dev.kontor.orders.backfill.Windows.Place;

/** Fetches the pages of one window, one after another, as long as there is room for them. */
class WindowReader {

    private static final Logger log = LoggerFactory.getLogger(WindowReader.class);

    /** Pages that wait to be stored, so that memory stays bounded. */
    private static final int PAGES = 3;

    private final Place start;
    private final Fetch fetch;
    private final BlockingQueue<Answer<PreparedPage>> fetched = new ArrayBlockingQueue<>(PAGES);
    private final Thread thread;
    private volatile boolean enough;
    private long orders;

    /** Asks the marketplace for one page. */
    interface Fetch {
        /** @param before ids of the orders on the page before */
        Answer<PreparedPage> page(Place place, Set<String> before);
    }

    WindowReader(Place place, Fetch fetch) {
        this.start = place;
        this.fetch = fetch;
        this.thread = Thread.ofVirtual().name("backfill-ahead").start(this::run);
    }

    private void run() {
        var at = start;
        var before = Set.<String>of();
        try {
            while (!enough) {
                var answer = attempt(at, before);
                while (!fetched.offer(answer, 100, TimeUnit.MILLISECONDS)) {
                    if (enough) {
                        return;
                    }
                }
                if (!(answer instanceof Answer.Ok<PreparedPage>(var page)) || page.next() == null) {
                    return;
                }
                at = at.goOn(page.next());
                before = page.ids();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody does, but the compiler cannot know
        }
    }

    /** A fault must reach the one who waits, or he would wait for ever. */
    private Answer<PreparedPage> attempt(Place at, Set<String> before) {
        try {
            return fetch.page(at, before);
        } catch (RuntimeException e) {
            log.error("Fetching a page of the past failed", e);
            return new Answer.Unavailable<>("a fault of Kontor: " + e.getClass().getSimpleName());
        }
    }

    /** The next page; null once there are no more. */
    @Nullable
    Answer<PreparedPage> next() throws InterruptedException {
        while (true) {
            var ended = !thread.isAlive();
            var next = fetched.poll(50, TimeUnit.MILLISECONDS);
            if (next != null || ended) {
                return counted(next);
            }
        }
    }

    /** The next page if it is there already. */
    @Nullable
    Answer<PreparedPage> poll() {
        return counted(fetched.poll());
    }

    private @Nullable Answer<PreparedPage> counted(@Nullable Answer<PreparedPage> answer) {
        if (answer instanceof Answer.Ok<PreparedPage>(var page)) {
            orders += page.orders().size();
        }
        return answer;
    }

    /** How many orders it has handed over. */
    long orders() {
        return orders;
    }

    Period window() {
        return start.window();
    }

    /** Fetches no more than what is under way. A call that is under way is never broken off. */
    void stop() {
        enough = true;
    }
}
