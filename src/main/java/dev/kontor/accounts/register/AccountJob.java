package dev.kontor.accounts.register;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.SchedulerClient.ScheduleOptions;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;

import dev.kontor.accounts.AccountId;

/**
 * Durable jobs, one an account and kind. A job's next time is what a row says, read under the account's lock: a job that
 * is planned while its last execution ends is neither removed with it nor run too late.
 */
@Component
public class AccountJob {

    private static final Duration AFTER_A_FAULT = Duration.ofSeconds(5);

    private final AccountRegister register;
    private final TransactionOperations transaction;
    private final ObjectProvider<SchedulerClient> scheduler; // which in turn needs the tasks that are made here

    AccountJob(AccountRegister register, TransactionOperations transaction, ObjectProvider<SchedulerClient> scheduler) {
        this.register = register;
        this.transaction = transaction;
        this.scheduler = scheduler;
    }

    /**
     * @param work is done again from the start when it fails or its instance dies
     * @param next when the job is due again by what the database says; empty when it has no more to do
     */
    public CustomTask<Void> task(String name, Consumer<AccountId> work, Function<AccountId, Optional<Instant>> next) {
        return Tasks.custom(name, Void.class)
                .onFailure((complete, operations) ->
                        operations.reschedule(complete, complete.getTimeDone().plus(AFTER_A_FAULT)))
                .onDeadExecutionRevive()
                .execute((instance, context) -> {
                    var account = new AccountId(UUID.fromString(instance.getId()));
                    work.accept(account);
                    return ended(account, next);
                });
    }

    /** Plans the job for a time; the caller's transaction holds the account's lock. */
    public void plan(String name, AccountId account, Instant at) {
        try {
            scheduler
                    .getObject()
                    .schedule(
                            new TaskInstance<Void>(name, account.toString()),
                            at,
                            ScheduleOptions.WHEN_EXISTS_RESCHEDULE);
        } catch (TaskInstanceCurrentlyExecutingException e) {
            // its end waits for the lock and then reads the row that made somebody plan
        }
    }

    private CompletionHandler<Void> ended(AccountId account, Function<AccountId, Optional<Instant>> next) {
        return (complete, operations) -> transaction.executeWithoutResult(status -> {
            register.lock(account);
            next.apply(account).ifPresentOrElse(at -> operations.reschedule(complete, at), operations::remove);
        });
    }
}
