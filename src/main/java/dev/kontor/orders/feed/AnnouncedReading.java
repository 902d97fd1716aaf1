package dev.kontor.orders.feed;

import java.time.Clock;
import java.time.Duration;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

import dev.kontor.accounts.Accounts.AccountView;
import dev.kontor.marketplaces.Lane;
import dev.kontor.orders.archive.FirstSigns;
import dev.kontor.orders.archive.FirstSigns.Waiting;
import dev.kontor.orders.loops.Loop;
import dev.kontor.orders.loops.Next;
import dev.kontor.orders.loops.Run;
import dev.kontor.orders.reading.OrderReader;
import dev.kontor.orders.reading.Readings;

/**
 * Reads orders of which the first sign is kept. It may take its time, for what is urgent about a sale is done by then: what
 * tells of more sales is heard meanwhile, and other orders and stock that a sale changed are read before.
 */
@Component
public class AnnouncedReading implements Loop {

    static final String KIND = "announced";

    /** So few that what was read is stored soon. */
    private static final int PORTION = 20;

    /** From then on what the marketplace does not answer for is put aside, if it does for others. */
    private static final Duration LATE = Duration.ofMinutes(10);

    private final Kind kind;
    private final FirstSigns signs;
    private final OrderReader reader;
    private final FeedWriter writer;
    private final Clock clock;

    AnnouncedReading(
            FirstSigns signs,
            OrderReader reader,
            FeedWriter writer,
            Clock clock,
            @Value("${kontor.orders.interval.announced:15s}") Duration interval) {
        this.kind = new Kind(KIND, interval, 15);
        this.signs = signs;
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
        var due = signs.toRead(account.id(), PORTION);
        if (due.isEmpty()) {
            return new Next.Idle(clock.instant().plus(kind.interval()));
        }
        var source = due.getFirst().source();
        var orders = due.stream()
                .filter(it -> it.source() == source)
                .map(Waiting::order)
                .toList();
        var answers = reader.read(account.id(), Lane.STOCK_INCREASE, orders);
        var readings = late(due.getFirst()) ? Readings.of(answers) : Readings.leavingOver(answers);
        run.read(readings.settled().size());
        writer.store(account, readings, source, run);
        if (readings.stoppedBy() != null) {
            return run.stoppedBy(readings.stoppedBy());
        }
        return orders.size() == due.size() && due.size() < PORTION ? new Next.Regular() : new Next.AtOnce();
    }

    private boolean late(Waiting oldest) {
        return oldest.since().isBefore(clock.instant().minus(LATE));
    }
}
