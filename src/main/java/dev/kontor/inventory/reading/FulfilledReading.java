package dev.kontor.inventory.reading;

import java.time.Clock;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.Connections;
import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Answer.Ok;
import dev.kontor.marketplaces.Cursor;
import dev.kontor.marketplaces.FulfilledStock.FulfilledPage;
import dev.kontor.marketplaces.Lane;

/** Reads what a marketplace keeps and sends, at one go, because its places in the list are soon forgotten. */
@Component
class FulfilledReading {

    private final Connections connections;
    private final FulfilledHoldings holdings;
    private final Clock clock;

    FulfilledReading(Connections connections, FulfilledHoldings holdings, Clock clock) {
        this.connections = connections;
        this.holdings = holdings;
        this.clock = clock;
    }

    /** What was not read to its end leaves what was told before. */
    void read(AccountId account, ReadingRun run) {
        var reading = UUID.randomUUID();
        var startedAt = clock.instant();
        var whole = true;
        Cursor next = null;
        do {
            var page = page(account, next, run);
            if (page == null) {
                return;
            }
            holdings.save(account, page.holdings(), reading);
            run.kept(page.holdings().size(), page.unreadable().size());
            whole &= page.unreadable().isEmpty(); // one of these may be what seems to be missing
            next = page.next();
        } while (next != null);
        if (whole) {
            holdings.empty(account, reading, startedAt);
        }
    }

    private @Nullable FulfilledPage page(AccountId account, @Nullable Cursor after, ReadingRun run) {
        var answer = connections.call(
                account,
                Lane.BACKFILL,
                (marketplace, connection) ->
                        marketplace.fulfilledStock().orElseThrow().all(after, connection));
        if (answer instanceof Ok<FulfilledPage>(var page)) {
            return page;
        }
        if (answer instanceof Answer.Throttled<?> throttled) {
            run.held(throttled);
        }
        run.partial("what the marketplace keeps: " + answer.failure());
        return null;
    }
}
