package dev.kontor.orders.loops;

import java.time.Clock;
import java.time.Duration;
import java.util.Objects;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.exceptions.ExecutionException;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceNotFoundException;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;

import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.Accounts;

/** Starts the loops of accounts, and sees to it that no loop of an active account is ever missing. */
@Component
public class LoopSchedule {

    private final ObjectProvider<SchedulerClient> scheduler;
    private final ObjectProvider<Loop> loops;
    private final Wishes wishes;
    private final Accounts accounts;
    private final JdbcClient jdbc;
    private final TransactionOperations transaction;
    private final Clock clock;

    LoopSchedule(
            ObjectProvider<SchedulerClient> scheduler,
            ObjectProvider<Loop> loops,
            Wishes wishes,
            Accounts accounts,
            JdbcClient jdbc,
            TransactionOperations transaction,
            Clock clock) {
        this.scheduler = scheduler;
        this.loops = loops;
        this.wishes = wishes;
        this.accounts = accounts;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Every loop of the account runs now, or goes on as planned where it was running already. */
    public void start(AccountId account) {
        for (var loop : loops) {
            ensure(loop, account);
        }
    }

    /** Makes a loop run at once instead of at its next time; once more where it is running at the moment. */
    public void runNow(String kind, AccountId account) {
        for (var loop : loops) {
            if (loop.kind().name().equals(kind) && !ensure(loop, account)) {
                hurry(loop, account);
            }
        }
    }

    private void hurry(Loop loop, AccountId account) {
        try {
            scheduler.getObject().reschedule(id(loop, account), clock.instant());
        } catch (TaskInstanceCurrentlyExecutingException | ExecutionException e) {
            wishes.add(account, loop.kind()); // it runs, or was begun or hurried by somebody else at this moment
        } catch (TaskInstanceNotFoundException e) {
            ensure(loop, account); // it has ended meanwhile
        }
    }

    /** One after the other: two that saw none would both add it, and the second one would lose its transaction. */
    private boolean ensure(Loop loop, AccountId account) {
        var task = new TaskInstance<Void>(LoopTask.taskName(loop), account.toString());
        return Objects.requireNonNull(transaction.execute(_ -> {
            jdbc.sql("select pg_advisory_xact_lock(hashtextextended(?, 0))")
                    .param("orders loop " + task.getTaskName() + " " + account)
                    .query(row -> {});
            return scheduler.getObject().scheduleIfNotExists(task, clock.instant());
        }));
    }

    private static TaskInstanceId id(Loop loop, AccountId account) {
        return TaskInstanceId.of(LoopTask.taskName(loop), account.toString());
    }

    /** Whatever made a loop disappear, a minute later it is back; and no wish that a turn just missed is forgotten. */
    RecurringTask<Void> watch() {
        return Tasks.recurring("orders-loops-watch", FixedDelay.of(Duration.ofMinutes(1)))
                .execute((instance, context) -> accounts.active().forEach(account -> {
                    start(account.id());
                    wishes.of(account.id()).forEach(kind -> runNow(kind, account.id()));
                }));
    }
}
