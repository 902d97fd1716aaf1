package dev.kontor.inventory.reading;

import org.springframework.modulith.events.ApplicationModuleListener;
import org.springframework.stereotype.Component;

import dev.kontor.accounts.AccountActivated;

/** Asks a marketplace what it offers as soon as it may be asked. */
@Component
class ActivatedAccountReading {

    private final ListingReadingSchedule schedule;

    ActivatedAccountReading(ListingReadingSchedule schedule) {
        this.schedule = schedule;
    }

    @ApplicationModuleListener
    void on(AccountActivated event) {
        schedule.readNow(event.account());
    }
}
