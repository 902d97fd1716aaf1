package dev.kontor.orders.sweep;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashSet;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

import dev.kontor.accounts.Accounts.AccountView;
import dev.kontor.marketplaces.Lane;
import dev.kontor.orders.archive.OpenOrders;
import dev.kontor.orders.loops.Loop;
import dev.kontor.orders.loops.Next;
import dev.kontor.orders.loops.Run;
import dev.kontor.orders.quarantine.Quarantine;
import dev.kontor.orders.reading.OrderReader;
import dev.kontor.orders.reading.Readings;

/**
 * Re-reads orders that are still open, because a seller's own changes and some cancellations are announced by nothing, and
 * tries again what is in quarantine.
 */
@Component
public class Sweep implements Loop {

    private static final int PORTION = 200;

    private final Kind kind;
    private final OpenOrders open;
    private final Quarantine quarantine;
    private final OrderReader reader;
    private final SweepWriter writer;
    private final Clock clock;

    Sweep(
            OpenOrders open,
            Quarantine quarantine,
            OrderReader reader,
            SweepWriter writer,
            Clock clock,
            @Value("${kontor.orders.interval.sweep:5m}") Duration interval) {
        this.kind = new Kind("sweep", interval, 10);
        this.open = open;
        this.quarantine = quarantine;
        this.reader = reader;
        this.writer = writer;
        this.clock = clock;
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public Next run(AccountView account, Run run) {
        var now = clock.instant();
        var due = new LinkedHashSet<>(open.due(account.id(), now, PORTION));
        due.addAll(quarantine.due(account.id(), now, PORTION));
        if (due.isEmpty()) {
            return new Next.Idle(now.plus(Duration.ofMinutes(1)));
        }
        var readings = Readings.of(reader.read(account.id(), Lane.BACKFILL, due));
        run.read(readings.settled().size());
        writer.store(account, readings, run);
        if (readings.stoppedBy() != null) {
            return run.stoppedBy(readings.stoppedBy());
        }
        return due.size() >= PORTION ? new Next.AtOnce() : new Next.Regular();
    }
}
