package dev.kontor.inventory.reading;

import java.time.Clock;
import java.time.Duration;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

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
import dev.kontor.inventory.reading.ListingRounds.Round.Phase;

/** Sees to it that the listings of every active account are read, and read at once where somebody wants it. */
@Component
public class ListingReadingSchedule {

    static final String TASK = "inventory-listings";

    private final ObjectProvider<SchedulerClient> scheduler;
    private final ListingRounds rounds;
    private final Accounts accounts;
    private final Clock clock;

    ListingReadingSchedule(
            ObjectProvider<SchedulerClient> scheduler, ListingRounds rounds, Accounts accounts, Clock clock) {
        this.scheduler = scheduler;
        this.rounds = rounds;
        this.accounts = accounts;
        this.clock = clock;
    }

    /** All of them, from the beginning; where a round is under way, after it. */
    public void readNow(AccountId account) {
        rounds.want(account);
        if (!ensure(account)) {
            hurry(account);
        }
    }

    private void hurry(AccountId account) {
        try {
            scheduler.getObject().reschedule(TaskInstanceId.of(TASK, account.toString()), clock.instant());
        } catch (TaskInstanceCurrentlyExecutingException | ExecutionException e) {
            // it runs, or was begun or hurried by somebody else at this moment: at its end it finds what is wanted
        } catch (TaskInstanceNotFoundException e) {
            ensure(account); // it has ended meanwhile
        }
    }

    private boolean ensure(AccountId account) {
        return scheduler.getObject().scheduleIfNotExists(new TaskInstance<>(TASK, account.toString()), clock.instant());
    }

    /** Whatever made a job disappear, a minute later it is back; and no wish that a turn just missed is forgotten. */
    RecurringTask<Void> watch() {
        return Tasks.recurring(TASK + "-watch", FixedDelay.of(Duration.ofMinutes(1)))
                .execute((instance, context) -> accounts.active().forEach(account -> {
                    if (!ensure(account.id()) && wantedInVain(account.id())) {
                        hurry(account.id());
                    }
                }));
    }

    private boolean wantedInVain(AccountId account) {
        return rounds.wanted(account)
                && rounds.find(account).stream().anyMatch(round -> round.phase() == Phase.FINISHED);
    }
}
