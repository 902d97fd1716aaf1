package dev.kontor.orders.backfill;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.Accounts.AccountView;
import dev.kontor.accounts.Connections;
import dev.kontor.audit.Act;
import dev.kontor.audit.AuditLog;
import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Cursor;
import dev.kontor.marketplaces.Lane;
import dev.kontor.marketplaces.Marketplaces;
import dev.kontor.marketplaces.OrderFeed.OrderPage;
import dev.kontor.marketplaces.Period;
import dev.kontor.orders.archive.Archive;
import dev.kontor.orders.backfill.BackfillState.Phase;
import dev.kontor.orders.backfill.Windows.Place;
import dev.kontor.orders.feed.FeedStatus;
import dev.kontor.orders.loops.Loop;
import dev.kontor.orders.loops.LoopSchedule;
import dev.kontor.orders.loops.Next;
import dev.kontor.orders.loops.Run;

/**
 * Brings in what was bought before the account was connected, the oldest first, because that is what the marketplace
 * forgets next. Its calls go in the last lane, so the feed is never late because of it.
 */
@Component
public class Backfill implements Loop {

    private static final Logger log = LoggerFactory.getLogger(Backfill.class);

    /** One turn; then a pause may take effect and others get the thread. */
    private static final Duration TURN = Duration.ofSeconds(20);

    /** How far the marketplace's clock and Kontor's may be apart. */
    private static final Duration CLOCKS = Duration.ofMinutes(5);

    /** About as many orders are stored in one transaction. */
    private static final int BATCH = 1_000;

    /** So many windows are read at a time; how many calls may be under way, the adapter decides. */
    private static final int PARALLELISM = 8;

    private final Kind kind;
    private final Backfills backfills;
    private final BackfillWriter writer;
    private final FeedStatus feed;
    private final Archive archive;
    private final Connections connections;
    private final Marketplaces marketplaces;
    private final LoopSchedule schedule;
    private final Clock clock;
    private final AuditLog audit;
    private final TransactionOperations transaction;

    Backfill(
            Backfills backfills,
            BackfillWriter writer,
            FeedStatus feed,
            Archive archive,
            Connections connections,
            Marketplaces marketplaces,
            LoopSchedule schedule,
            Clock clock,
            @Value("${kontor.orders.interval.backfill:60s}") Duration interval,
            AuditLog audit,
            TransactionOperations transaction) {
        this.transaction = transaction;
        this.audit = audit;
        this.kind = new Kind("backfill", interval, 0);
        this.backfills = backfills;
        this.writer = writer;
        this.feed = feed;
        this.archive = archive;
        this.connections = connections;
        this.marketplaces = marketplaces;
        this.schedule = schedule;
        this.clock = clock;
    }

    @Override
    public Kind kind() {
        return kind;
    }

    public Optional<BackfillState> state(AccountId account) {
        return backfills.find(account);
    }

    /** False where it is not running. What is being stored at the moment is undone and comes again later. */
    public boolean pause(AccountId account) {
        return change(account, Phase.RUNNING, Phase.PAUSED, "backfill.paused");
    }

    /** False where it is not paused. */
    public boolean resume(AccountId account) {
        var resumed = change(account, Phase.PAUSED, Phase.RUNNING, "backfill.resumed");
        if (resumed) {
            schedule.runNow(kind.name(), account);
        }
        return resumed;
    }

    private boolean change(AccountId account, Phase from, Phase to, String action) {
        return Boolean.TRUE.equals(transaction.execute(_ -> {
            var changed = backfills.change(account, from, to);
            if (changed) {
                audit.record(Act.of(action, "account", account).field("state", from, to));
            }
            return changed;
        }));
    }

    @Override
    public Next run(AccountView account, Run run) {
        var begun = backfills.find(account.id()).or(() -> begin(account));
        if (begun.isEmpty()) {
            return new Next.Idle(clock.instant().plus(Duration.ofSeconds(2)));
        }
        var state = begun.get();
        return switch (state.phase()) {
            case RUNNING -> state.begun() ? advance(account, state, run) : begin(account, state, run);
            case PAUSED, DONE -> new Next.Idle(clock.instant().plus(Duration.ofHours(1)));
        };
    }

    /**
     * Not before the feed has its place in the log, and up to a little later than that: between the two nothing is left
     * out, however the clocks differ, and what both bring is stored once.
     */
    private Optional<BackfillState> begin(AccountView account) {
        var retention = marketplaces.get(account.marketplace()).orders().retention();
        feed.find(account.id()).ifPresent(begun -> {
            var to = begun.startedAt().plus(retention.delay()).plus(CLOCKS);
            backfills.begin(account.id(), new Period(begun.startedAt().minus(retention.orders()), to), clock.instant());
        });
        return backfills.find(account.id());
    }

    private static void tell(AccountView account, BackfillState state) {
        log.info(
                "{}: {} of {} past orders brought in, {} a second",
                account.name(),
                state.read(),
                state.total() == null ? "an unknown number of" : state.total(),
                Math.round(state.rate()));
    }

    /** Asks how many orders there are, which tells how long the windows should be. */
    private Next begin(AccountView account, BackfillState state, Run run) {
        var counted = list(account, state.period(), null);
        return counted instanceof Answer.Ok<OrderPage>(var page)
                ? advance(account, backfills.expect(state, page.total()), run)
                : run.stoppedBy(counted);
    }

    private Next advance(AccountView account, BackfillState from, Run run) {
        var state = from;
        var countedTo = clock.instant();
        var until = countedTo.plus(TURN);
        try (var ahead = new Ahead(new Windows(state), PARALLELISM, (place, before) -> fetch(account, place, before))) {
            while (true) {
                if (!clock.instant().isBefore(until)) {
                    ahead.enough();
                }
                if (!clock.instant().isBefore(until.plus(TURN))) {
                    ahead.stop();
                }
                var pages = new ArrayList<PreparedPage>();
                Answer<PreparedPage> stopped = null;
                for (var answer : ahead.take(BATCH)) {
                    if (answer instanceof Answer.Ok<PreparedPage>(var page)) {
                        pages.add(page);
                    } else {
                        stopped = answer;
                    }
                }
                if (!pages.isEmpty()) {
                    var now = clock.instant();
                    state = writer.store(account, state, pages, Duration.between(countedTo, now), run);
                    countedTo = now;
                }
                if (state.phase() == Phase.DONE) {
                    tell(account, state);
                    schedule.runNow("certificate", account.id()); // what is there now can be proven now
                    return new Next.Regular();
                }
                if (stopped != null) {
                    return run.stoppedBy(stopped);
                }
                if (pages.isEmpty()) {
                    tell(account, state);
                    return new Next.AtOnce();
                }
            }
        } catch (OptimisticLockingFailureException e) {
            run.partial("paused, or moved by another job");
            return new Next.Regular();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            run.partial("interrupted");
            return new Next.AtOnce();
        }
    }

    private Answer<PreparedPage> fetch(AccountView account, Place place, Set<String> before) {
        return list(account, place.window(), place.position())
                .map(page -> PreparedPage.of(place, page, archive.prepare(account, page.orders()), before));
    }

    private Answer<OrderPage> list(AccountView account, Period period, @Nullable Cursor position) {
        return connections.call(
                account.id(),
                Lane.BACKFILL,
                (marketplace, connection) -> marketplace.orders().placedWithin(period, position, connection));
    }
}
