package dev.kontor.orders.loops;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import dev.kontor.accounts.RunFinished.Status;
import dev.kontor.marketplaces.Answer;
import dev.kontor.orders.archive.Stored;

/** The notes of one turn of a loop. */
public class Run {

    private final Map<String, Long> skipped = new TreeMap<>();
    private Status status = Status.SUCCESS;
    private @Nullable String error;
    private @Nullable Instant heldUntil;
    private long read;
    private long changed;

    public void read(long count) {
        read += count;
    }

    public void stored(Stored stored) {
        changed += stored.placed() + stored.changed();
        skipped("unchanged", stored.unchanged());
        skipped("stale", stored.stale());
        skipped("unreadable", stored.refused());
    }

    public void changed(long count) {
        changed += count;
    }

    public void skipped(String reason, long count) {
        if (count > 0) {
            skipped.merge(reason, count, Long::sum);
        }
    }

    /** Some of the work was done; the rest follows. */
    public void partial(String reason) {
        if (status == Status.SUCCESS) {
            status = Status.PARTIAL;
        }
        error = reason;
    }

    /**
     * The marketplace did not give what it takes to go on. A limit is no failure: the loop comes back when it is over.
     *
     * @return when to come back
     */
    public Next stoppedBy(Answer<?> answer) {
        if (answer instanceof Answer.Throttled<?>(var until)) {
            partial(answer.failure());
            heldUntil = until;
            return new Next.NotBefore(until);
        }
        failed(answer.failure());
        return new Next.Regular();
    }

    public void failed(String reason) {
        status = changed > 0 || read > 0 ? Status.PARTIAL : Status.FAILED;
        error = reason;
    }

    public Status status() {
        return status;
    }

    public @Nullable String error() {
        return error;
    }

    /** Null where no limit stopped it. */
    public @Nullable Instant heldUntil() {
        return heldUntil;
    }

    public long read() {
        return read;
    }

    public long changed() {
        return changed;
    }

    public Map<String, Long> skipped() {
        return Map.copyOf(skipped);
    }
}
