package dev.kontor.orders.feed;

import java.time.Clock;
import java.util.List;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import dev.kontor.accounts.Accounts.AccountView;
import dev.kontor.accounts.HintReceived;
import dev.kontor.accounts.Hints;
import dev.kontor.orders.Source;
import dev.kontor.orders.archive.OrderEvents;
import dev.kontor.orders.loops.Run;
import dev.kontor.orders.reading.Readings;
import dev.kontor.orders.reading.ReadingsWriter;

/** Stores what hints brought: orders, what was told of them, and that the hints are settled, in one transaction. */
@Component
class HintedWriter {

    private final ReadingsWriter readings;
    private final OrderEvents events;
    private final Hints hints;
    private final Clock clock;

    HintedWriter(ReadingsWriter readings, OrderEvents events, Hints hints, Clock clock) {
        this.readings = readings;
        this.events = events;
        this.hints = hints;
        this.clock = clock;
    }

    @Transactional
    public void store(AccountView account, Readings read, List<HintReceived> settled) {
        if (!read.settled().isEmpty()) {
            readings.store(account, read, Source.HOOK, new Run());
        }
        settle(account, settled);
    }

    @Transactional
    public void settle(AccountView account, List<HintReceived> settled) {
        var changes = settled.stream().map(HintedReading::change).toList();
        events.record(account.id(), changes, clock.instant());
        hints.settled(HintedReading.deliveries(settled));
    }
}
