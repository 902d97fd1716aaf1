package dev.kontor.orders.sweep;

import java.time.Clock;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import dev.kontor.accounts.Accounts.AccountView;
import dev.kontor.orders.Source;
import dev.kontor.orders.archive.OpenOrders;
import dev.kontor.orders.loops.Run;
import dev.kontor.orders.reading.Readings;
import dev.kontor.orders.reading.ReadingsWriter;

@Component
class SweepWriter {

    private final ReadingsWriter readings;
    private final OpenOrders open;
    private final Clock clock;

    SweepWriter(ReadingsWriter readings, OpenOrders open, Clock clock) {
        this.readings = readings;
        this.open = open;
        this.clock = clock;
    }

    @Transactional
    public void store(AccountView account, Readings read, Run run) {
        readings.store(account, read, Source.SWEEP, run);
        open.checked(account.id(), read.settled(), clock.instant());
    }
}
