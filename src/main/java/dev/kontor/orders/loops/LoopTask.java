package dev.kontor.orders.loops;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;

import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.Accounts;
import dev.kontor.accounts.Accounts.AccountView;

/** Makes a loop a durable job: one instance per account, run by one Kontor at a time, taken over when that one dies. */
class LoopTask {

    private static final Logger log = LoggerFactory.getLogger(LoopTask.class);

    /** After a fault of Kontor's own, such as a database that is away; a loop that runs more often waits no longer. */
    private static final Duration LONGEST_PAUSE_AFTER_FAULT = Duration.ofMinutes(5);

    private static final Duration SWITCHED_OFF = Duration.ofMinutes(1);

    private final Loop loop;
    private final Accounts accounts;
    private final Intervals intervals;
    private final Wishes wishes;
    private final RunLog runs;
    private final LoopSwitches switches;
    private final Clock clock;

    LoopTask(
            Loop loop,
            Accounts accounts,
            Intervals intervals,
            Wishes wishes,
            RunLog runs,
            LoopSwitches switches,
            Clock clock) {
        this.loop = loop;
        this.accounts = accounts;
        this.intervals = intervals;
        this.wishes = wishes;
        this.runs = runs;
        this.switches = switches;
        this.clock = clock;
    }

    static String taskName(Loop loop) {
        return "orders-" + loop.kind().name();
    }

    Task<Void> task() {
        return Tasks.custom(taskName(loop), Void.class)
                .defaultPriority(loop.kind().priority())
                .onFailure((complete, operations) -> operations.reschedule(complete, afterPause()))
                .onDeadExecutionRevive()
                .execute((instance, context) -> completion(new AccountId(UUID.fromString(instance.getId()))));
    }

    private CompletionHandler<Void> completion(AccountId id) {
        var account = accounts.find(id).filter(AccountView::active);
        if (account.isEmpty()) {
            return (complete, operations) -> operations.remove();
        }
        wishes.take(id, loop.kind());
        var next = unlessWishedFor(id, turn(account.get()));
        return switch (next) {
            case Next.Idle(var until) -> (complete, operations) -> operations.reschedule(complete, until);
            case Next.AtOnce() -> (complete, operations) -> operations.reschedule(complete, clock.instant());
            case Next.NotBefore(var at) -> (complete, operations) -> operations.reschedule(complete, at);
            case Next.Regular() -> {
                var at = clock.instant().plus(intervals.of(id, loop.kind()));
                yield (complete, operations) -> operations.reschedule(complete, at);
            }
        };
    }

    private Next unlessWishedFor(AccountId account, Next next) {
        return switch (next) {
            case Next.Idle idle -> wishes.take(account, loop.kind()) ? new Next.AtOnce() : idle;
            case Next.Regular regular -> wishes.take(account, loop.kind()) ? new Next.AtOnce() : regular;
            case Next.AtOnce atOnce -> atOnce;
            case Next.NotBefore notBefore -> notBefore; // the turn that was wished for must wait as well
        };
    }

    private Next turn(AccountView account) {
        var startedAt = clock.instant();
        if (!switches.on(account.marketplace(), loop.kind())) {
            return new Next.Idle(startedAt.plus(SWITCHED_OFF)); // another instance may have it switched on
        }
        var run = new Run();
        try {
            var next = loop.run(account, run);
            if (!(next instanceof Next.Idle)) {
                runs.finished(account.id(), loop.kind(), run, startedAt);
            }
            return next;
        } catch (DataAccessException | TransactionException e) {
            log.warn("{} of account {}: the database failed", loop.kind().name(), account.id(), e);
            run.failed("the database failed: " + e.getClass().getSimpleName());
            runs.finishedWithoutDatabase(account.id(), loop.kind(), run, startedAt);
            return new Next.NotBefore(afterPause());
        } catch (RuntimeException e) {
            log.error("{} of account {} failed", loop.kind().name(), account.id(), e);
            run.failed("a fault of Kontor: " + e.getClass().getSimpleName());
            runs.finished(account.id(), loop.kind(), run, startedAt);
            return new Next.NotBefore(afterPause());
        }
    }

    private Instant afterPause() {
        var interval = loop.kind().interval();
        return clock.instant()
                .plus(interval.compareTo(LONGEST_PAUSE_AFTER_FAULT) < 0 ? interval : LONGEST_PAUSE_AFTER_FAULT);
    }
}
