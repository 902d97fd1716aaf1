package dev.kontor.inventory.reading;

import java.time.Duration;

import org.springframework.stereotype.Component;

import dev.kontor.accounts.AccountId;
import dev.kontor.marketplaces.MarketplaceCode;
import dev.kontor.orders.AccountLoop;

/** Lets the reading of listings be timed like the loops of orders. */
@Component
class ListingAccountLoop implements AccountLoop {

    private final ListingIntervals intervals;
    private final ListingLoopSwitches switches;
    private final ListingReadingSchedule schedule;

    ListingAccountLoop(ListingIntervals intervals, ListingLoopSwitches switches, ListingReadingSchedule schedule) {
        this.intervals = intervals;
        this.switches = switches;
        this.schedule = schedule;
    }

    @Override
    public String kind() {
        return ReadingRun.KIND;
    }

    @Override
    public Duration interval(AccountId account) {
        return intervals.of(account);
    }

    @Override
    public void setInterval(AccountId account, Duration interval) {
        intervals.set(account, interval);
        schedule.readNow(account);
    }

    @Override
    public boolean switchedOff(MarketplaceCode marketplace) {
        return switches.off(marketplace);
    }
}
