package dev.kontor.orders.loops;

import java.time.Clock;

import org.springframework.stereotype.Component;

import com.github.kagkarlsson.scheduler.task.Task;

import dev.kontor.accounts.Accounts;

/** Makes a durable job of a loop; each part declares the job of its own loop as a bean. */
@Component
public class LoopTasks {

    private final Accounts accounts;
    private final Intervals intervals;
    private final Wishes wishes;
    private final RunLog runs;
    private final LoopSwitches switches;
    private final Clock clock;

    LoopTasks(Accounts accounts, Intervals intervals, Wishes wishes, RunLog runs, LoopSwitches switches, Clock clock) {
        this.accounts = accounts;
        this.intervals = intervals;
        this.wishes = wishes;
        this.runs = runs;
        this.switches = switches;
        this.clock = clock;
    }

    public Task<Void> of(Loop loop) {
        return new LoopTask(loop, accounts, intervals, wishes, runs, switches, clock).task();
    }
}
