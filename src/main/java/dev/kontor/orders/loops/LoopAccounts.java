package dev.kontor.orders.loops;

import org.springframework.modulith.events.ApplicationModuleListener;
import org.springframework.stereotype.Component;

import dev.kontor.accounts.AccountActivated;

/** Begins to work for an account. When it stops being active, its jobs find out by themselves and end. */
@Component
class LoopAccounts {

    private final LoopSchedule schedule;

    LoopAccounts(LoopSchedule schedule) {
        this.schedule = schedule;
    }

    @ApplicationModuleListener
    void on(AccountActivated event) {
        schedule.start(event.account());
    }
}
