package dev.kontor.orders.backfill;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.kontor.marketplaces.Answer;

/**
 * Fetches pages of several windows ahead, and prepares them, while earlier ones are stored: the network and the database
 * work at the same time, and a distant marketplace is asked more often than one answer after the other would allow. What
 * was fetched is handed over in the order of the windows, so that one position tells what is stored; what comes too late
 * for that is fetched again another time.
 */
class Ahead implements AutoCloseable {

    private final Windows windows;
    private final int parallelism;
    private final WindowReader.Fetch fetch;
    private final Deque<WindowReader> readers = new ArrayDeque<>();
    private boolean enough;

    Ahead(Windows windows, int parallelism, WindowReader.Fetch fetch) {
        this.windows = windows;
        this.parallelism = parallelism;
        this.fetch = fetch;
    }

    /** Begin no further window. */
    void enough() {
        enough = true;
    }

    /** Fetch no more than what is under way. */
    void stop() {
        enough();
        readers.forEach(WindowReader::stop);
    }

    /**
     * At least one answer, and as many more as are there already, up to about {@code orders} orders and no further than
     * the first that is not a page; none once everything was handed over.
     */
    List<Answer<PreparedPage>> take(int orders) throws InterruptedException {
        var taken = new ArrayList<Answer<PreparedPage>>();
        int size = 0;
        while (size < orders) {
            var answer = next(taken.isEmpty());
            if (answer == null) {
                break;
            }
            taken.add(answer);
            if (!(answer instanceof Answer.Ok<PreparedPage>(var page))) {
                break;
            }
            size += page.orders().size();
        }
        return taken;
    }

    /** Null also where a reader was stopped within its window: what was fetched beyond it cannot be stored. */
    private @Nullable Answer<PreparedPage> next(boolean patient) throws InterruptedException {
        var first = begin();
        if (first == null) {
            return null;
        }
        var answer = patient ? first.next() : first.poll();
        if (answer != null && isLast(answer)) {
            windows.held(first.window(), first.orders());
            readers.remove();
        }
        return answer;
    }

    private static boolean isLast(Answer<PreparedPage> answer) {
        return answer instanceof Answer.Ok<PreparedPage>(var page) && page.next() == null;
    }

    private @Nullable WindowReader begin() {
        while (!enough && readers.size() < parallelism) {
            var place = windows.next();
            if (place.isEmpty()) {
                break;
            }
            readers.add(new WindowReader(place.get(), fetch));
        }
        return readers.peek();
    }

    @Override
    public void close() {
        stop();
    }
}
