package dev.kontor.orders.feed;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

import dev.kontor.accounts.Accounts.AccountView;
import dev.kontor.accounts.Connections;
import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Lane;
import dev.kontor.marketplaces.OrderFeed.ChangePage;
import dev.kontor.marketplaces.OrderFeed.OrderChange;
import dev.kontor.orders.Source;
import dev.kontor.orders.archive.LastReadings;
import dev.kontor.orders.archive.OrderEvents;
import dev.kontor.orders.loops.Loop;
import dev.kontor.orders.loops.Next;
import dev.kontor.orders.loops.Run;
import dev.kontor.orders.reading.OrderReader;
import dev.kontor.orders.reading.Readings;

/**
 * Follows an account's changes. A change is only a reason to read the order, here or, where it told of a sale that is kept
 * since, by {@link AnnouncedReading}; the position moves on in the transaction that
 * stores the last of what it covers, and what was stored before a fault is not read again.
 */
@Component
public class FeedSync implements Loop {

    /** Orders that are read and stored at a time. */
    private static final int PORTION = 100;

    /** After so many pages others get their turn. */
    private static final int PAGES = 50;

    private static final Duration SOON = Duration.ofSeconds(5);

    private final Kind kind;
    private final Patience patience = new Patience();
    private final Feeds feeds;
    private final FeedWriter writer;
    private final Announcing announcing;
    private final OrderEvents events;
    private final LastReadings last;
    private final OrderReader reader;
    private final WindowWatch window;
    private final Connections connections;
    private final Clock clock;

    FeedSync(
            Feeds feeds,
            FeedWriter writer,
            Announcing announcing,
            OrderEvents events,
            LastReadings last,
            OrderReader reader,
            WindowWatch window,
            Connections connections,
            Clock clock,
            @Value("${kontor.orders.interval.feed:60s}") Duration interval) {
        this.kind = new Kind("feed", interval, 20);
        this.feeds = feeds;
        this.writer = writer;
        this.announcing = announcing;
        this.events = events;
        this.last = last;
        this.reader = reader;
        this.window = window;
        this.connections = connections;
        this.clock = clock;
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public boolean leavesARunEachTime() {
        return true;
    }

    @Override
    public Next run(AccountView account, Run run) {
        window.look(account);
        var next = follow(account, run);
        window.look(account);
        return next;
    }

    private Next follow(AccountView account, Run run) {
        if (feeds.find(account.id()).isEmpty()) {
            var begun = begin(account);
            if (!(begun instanceof Answer.Ok<?>)) {
                return run.stoppedBy(begun);
            }
        }
        for (int page = 0; page < PAGES; page++) {
            var state = feeds.find(account.id()).orElseThrow();
            var askedAt = clock.instant();
            var answer = connections.call(
                    account.id(),
                    Lane.LIVE_ORDERS,
                    (marketplace, connection) -> marketplace.orders().changesSince(state.cursor(), connection));
            if (!(answer instanceof Answer.Ok<ChangePage>(var changes))) {
                return run.stoppedBy(answer);
            }
            run.read(changes.changes().size() + changes.unreadable().size());
            if (window.share(account, state) >= 1) {
                run.partial(
                        "the marketplace has forgotten changes that were never read; the certificate covers their days");
            }
            var stopped = store(account, state, changes, askedAt, run);
            if (stopped != null) {
                return stopped;
            }
            if (!changes.more()) {
                return new Next.Regular();
            }
        }
        return new Next.AtOnce();
    }

    /** From the log's end on; everything before it is the backfill's. */
    private Answer<?> begin(AccountView account) {
        var startedAt = clock.instant();
        var delay = window.retention(account).delay();
        return connections
                .call(
                        account.id(),
                        Lane.LIVE_ORDERS,
                        (marketplace, connection) -> marketplace.orders().end(connection))
                .map(end -> {
                    feeds.begin(account.id(), end.position(), startedAt, startedAt.minus(delay));
                    return end;
                });
    }

    private @Nullable Next store(AccountView account, FeedState state, ChangePage page, Instant askedAt, Run run) {
        var advance = new FeedWriter.Advance(state, page, askedAt);
        var fresh = fresh(account, page, run);
        var portions = Portion.cut(unread(account, fresh, run), PORTION);
        for (var iterator = portions.iterator(); iterator.hasNext(); ) {
            var portion = iterator.next();
            var readings = reader.read(account.id(), Lane.LIVE_ORDERS, portion.orders());
            var outcome = patience.isOver(state) ? Readings.puttingAside(readings) : Readings.leavingOver(readings);
            var stopped = outcome.stoppedBy();
            var last = !iterator.hasNext() && stopped == null;
            writer.store(account, portion.changesOf(outcome.settled()), outcome, last ? advance : null, run);
            if (stopped != null) {
                patience.lost(state);
                var regular = run.stoppedBy(stopped);
                return stopped instanceof Answer.Unavailable<?>
                                && !outcome.settled().isEmpty()
                        ? new Next.NotBefore(clock.instant().plus(soon()))
                        : regular;
            }
        }
        return null;
    }

    /**
     * What tells of sales that can be kept is settled: the feed listens on while their orders are read. So is what
     * somebody else told of before, when the archive has it.
     */
    private List<OrderChange> unread(AccountView account, List<OrderChange> changes, Run run) {
        var announced = announcing.take(account, changes, Source.FEED);
        var archived = archived(
                account,
                changes.stream()
                        .filter(change -> !announced.contains(change.order()))
                        .toList());
        run.skipped("unchanged", archived.size());
        var parts = changes.stream()
                .collect(Collectors.partitioningBy(
                        change -> announced.contains(change.order()) || archived.contains(change.id())));
        var settled = parts.getOrDefault(true, List.of());
        if (!settled.isEmpty()) {
            writer.heard(account, settled);
        }
        return parts.getOrDefault(false, List.of());
    }

    /** Those that the archive has, by their ids. */
    private Set<String> archived(AccountView account, List<OrderChange> changes) {
        var timed =
                changes.stream().filter(change -> change.changedAt() != null).toList();
        if (timed.isEmpty()) {
            return Set.of();
        }
        var read = last.of(
                account.id(), timed.stream().map(OrderChange::order).distinct().toList());
        return timed.stream()
                .filter(change -> read.containsKey(change.order())
                        && read.get(change.order()).has(change.changedAt()))
                .map(OrderChange::id)
                .collect(Collectors.toSet());
    }

    /** Where others were answered, one that was not may be a matter of seconds. */
    private Duration soon() {
        return kind.interval().compareTo(SOON) < 0 ? kind.interval() : SOON;
    }

    private List<OrderChange> fresh(AccountView account, ChangePage page, Run run) {
        var known = events.known(account.id(), page.changes());
        var fresh = page.changes().stream()
                .filter(change -> !known.contains(change.id()))
                .distinct()
                .toList();
        run.skipped("duplicate", page.changes().size() - fresh.size());
        return fresh;
    }
}
