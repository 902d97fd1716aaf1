package dev.kontor.inventory.reading;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.RunFinished;
import dev.kontor.accounts.RunFinished.Status;
import dev.kontor.marketplaces.Answer;

/** The notes of one turn. */
class ReadingRun {

    static final String KIND = "listings";

    private final AccountId account;
    private final Instant startedAt;
    private final Map<String, Long> skipped = new TreeMap<>();
    private Status status = Status.SUCCESS;
    private @Nullable String error;
    private @Nullable Instant heldUntil;
    private long read;
    private long changed;

    ReadingRun(AccountId account, Instant startedAt) {
        this.account = account;
        this.startedAt = startedAt;
    }

    void told(Told told) {
        read += told.read();
        changed += told.changed();
        skipped("unreadable", told.unreadable());
        skipped("stale", told.stale());
        skipped("unchanged", told.read() - told.changed() - told.unreadable() - told.stale());
    }

    /** Of what the marketplace keeps and sends. */
    void kept(long told, long unreadable) {
        read += told + unreadable;
        skipped("unreadable", unreadable);
    }

    void skipped(String reason, long count) {
        if (count > 0) {
            skipped.merge(reason, count, Long::sum);
        }
    }

    /** Some of it was done; the rest follows. */
    void partial(String reason) {
        status = status == Status.FAILED ? status : Status.PARTIAL;
        error = reason;
    }

    /** A limit of the marketplace keeps it from going on. */
    Instant held(Answer.Throttled<?> answer) {
        partial(answer.failure());
        heldUntil = answer.until();
        return answer.until();
    }

    void failed(String reason) {
        status = read > 0 ? Status.PARTIAL : Status.FAILED;
        error = reason;
    }

    RunFinished finished(Instant now) {
        return new RunFinished(
                UUID.randomUUID(),
                account,
                KIND,
                status,
                read,
                changed,
                Map.copyOf(skipped),
                startedAt,
                now,
                error,
                heldUntil);
    }
}
