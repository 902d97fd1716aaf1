package dev.kontor.orders.backfill;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import dev.kontor.accounts.Accounts.AccountView;
import dev.kontor.marketplaces.UnreadableRecord;
import dev.kontor.orders.Source;
import dev.kontor.orders.archive.Archive;
import dev.kontor.orders.archive.PreparedOrder;
import dev.kontor.orders.loops.Run;
import dev.kontor.orders.quarantine.Quarantine;

/** Stores pages of the past and the position behind them in one transaction. */
@Component
class BackfillWriter {

    private final Archive archive;
    private final Quarantine quarantine;
    private final Backfills backfills;
    private final Clock clock;

    BackfillWriter(Archive archive, Quarantine quarantine, Backfills backfills, Clock clock) {
        this.archive = archive;
        this.quarantine = quarantine;
        this.backfills = backfills;
        this.clock = clock;
    }

    @Transactional
    public BackfillState store(
            AccountView account, BackfillState state, List<PreparedPage> pages, Duration spent, Run run) {
        var orders = new ArrayList<PreparedOrder>();
        var unreadable = new ArrayList<UnreadableRecord>();
        for (var page : pages) {
            orders.addAll(page.orders());
            unreadable.addAll(page.unreadable());
        }
        var stored = archive.storePrepared(account, orders, Source.BACKFILL);
        quarantine.take(account.id(), unreadable, Source.BACKFILL);
        var last = pages.getLast();
        var ended = last.next() == null;
        var advanced = backfills.advance(
                state,
                ended ? null : last.window(),
                last.next(),
                ended ? last.window().to() : reached(state, orders),
                pages.stream().mapToLong(PreparedPage::fresh).sum(),
                spent,
                clock.instant());
        run.read(orders.size() + unreadable.size());
        run.stored(stored);
        run.skipped("unreadable", unreadable.size());
        return advanced;
    }

    private static Instant reached(BackfillState state, List<PreparedOrder> orders) {
        return orders.stream()
                .map(it -> it.order().placedAt())
                .max(Instant::compareTo)
                .orElse(state.reachedAt());
    }
}
