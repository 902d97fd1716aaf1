package dev.kontor.orders.loops;

import java.time.Duration;

import dev.kontor.accounts.Accounts.AccountView;

/** Recurring work of one kind for each active account. Never runs twice at once for one account. */
public interface Loop {

    Kind kind();

    /**
     * Does one turn, outside any transaction. What it throws makes the run a failed one, to be tried again later.
     *
     * @param run takes note of what happens
     */
    Next run(AccountView account, Run run);

    /** Whether each turn leaves a run, so that one without any for long stands still. */
    default boolean leavesARunEachTime() {
        return false;
    }

    /**
     * @param name in runs, settings and the name of the job
     * @param interval from the end of one turn to the start of the next, unless the account has its own
     * @param priority of its job where there are more jobs than threads; the higher goes first
     */
    record Kind(String name, Duration interval, int priority) {}
}
