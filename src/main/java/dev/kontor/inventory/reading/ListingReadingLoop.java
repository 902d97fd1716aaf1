package dev.kontor.inventory.reading;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.Accounts.AccountView;
import dev.kontor.accounts.Connections;
import dev.kontor.inventory.listings.ListingReadings;
import dev.kontor.inventory.listings.ListingReadings.Unheard;
import dev.kontor.inventory.reading.ListingRounds.Round;
import dev.kontor.inventory.reading.ListingRounds.Round.Phase;
import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Answer.Ok;
import dev.kontor.marketplaces.Capability;
import dev.kontor.marketplaces.Lane;
import dev.kontor.marketplaces.Listings.ListingPage;
import dev.kontor.marketplaces.Listings.ListingReading;
import dev.kontor.marketplaces.Marketplaces;

/**
 * Reads all that an account offers, from where it was left. What a whole list did not show may have been passed over by
 * mistake, so each of these is asked for, and only the marketplace's word makes it gone.
 */
@Component
public class ListingReadingLoop {

    private static final Logger log = LoggerFactory.getLogger(ListingReadingLoop.class);

    private static final int PAGES_A_TURN = 50;
    private static final int ASKED_A_TURN = 200;
    private static final Duration SWITCHED_OFF = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE_AFTER_FAULT = Duration.ofMinutes(5);

    private final Connections connections;
    private final Marketplaces marketplaces;
    private final ListingRounds rounds;
    private final ListingReadings readings;
    private final ReadingWriter writer;
    private final FulfilledReading fulfilled;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final ListingIntervals intervals;
    private final ListingLoopSwitches switches;

    ListingReadingLoop(
            Connections connections,
            Marketplaces marketplaces,
            ListingRounds rounds,
            ListingReadings readings,
            ReadingWriter writer,
            FulfilledReading fulfilled,
            ApplicationEventPublisher events,
            TransactionTemplate transaction,
            Clock clock,
            ListingIntervals intervals,
            ListingLoopSwitches switches) {
        this.connections = connections;
        this.marketplaces = marketplaces;
        this.rounds = rounds;
        this.readings = readings;
        this.writer = writer;
        this.fulfilled = fulfilled;
        this.events = events;
        this.transaction = transaction;
        this.clock = clock;
        this.intervals = intervals;
        this.switches = switches;
    }

    /** Outside any transaction. @return when there is to be another turn */
    public Instant turn(AccountView account) {
        if (switches.off(account.marketplace())) {
            return clock.instant().plus(SWITCHED_OFF); // another instance may have it switched on
        }
        if (!can(account, Capability.LISTINGS)) {
            return regular(account.id());
        }
        var run = new ReadingRun(account.id(), clock.instant());
        Instant next;
        try {
            next = read(account, run);
        } catch (DataAccessException | TransactionException e) {
            log.warn("Reading the listings of account {}: the database failed", account.id(), e);
            next = afterFault(run, "the database failed: " + e.getClass().getSimpleName());
        } catch (RuntimeException e) {
            log.error("Reading the listings of account {} failed", account.id(), e);
            next = afterFault(run, "a fault of Kontor: " + e.getClass().getSimpleName());
        }
        transaction.executeWithoutResult(status -> events.publishEvent(run.finished(clock.instant())));
        return next;
    }

    private Instant regular(AccountId account) {
        return clock.instant().plus(intervals.of(account));
    }

    private Instant afterFault(ReadingRun run, String reason) {
        run.failed(reason);
        var interval = intervals.usual();
        return clock.instant()
                .plus(interval.compareTo(LONGEST_PAUSE_AFTER_FAULT) < 0 ? interval : LONGEST_PAUSE_AFTER_FAULT);
    }

    private boolean can(AccountView account, Capability capability) {
        return marketplaces.get(account.marketplace()).capabilities().has(capability);
    }

    private Instant read(AccountView account, ReadingRun run) {
        var round = rounds.open(account.id(), clock.instant());
        for (int page = 0; round.phase() == Phase.LISTING; page++) {
            if (page == PAGES_A_TURN) {
                return clock.instant();
            }
            var from = round;
            var answer = connections.call(
                    account.id(),
                    Lane.BACKFILL,
                    (marketplace, connection) ->
                            marketplace.listings().orElseThrow().all(from.cursor(), connection));
            if (!(answer instanceof Ok<ListingPage>(var found))) {
                return stopped(run, round, answer);
            }
            if (found.next() != null && found.next().equals(round.cursor())) {
                run.failed("malformed: the list does not go on");
                return regular(account.id());
            }
            var stored = writer.store(round, found);
            if (stored.isEmpty()) {
                run.skipped("overtaken", found.listings().size());
                return regular(account.id());
            }
            run.told(stored.get());
            round = rounds.find(account.id()).orElseThrow();
        }
        return round.phase() == Phase.ASKING ? ask(account, round, run) : regular(account.id());
    }

    private Instant stopped(ReadingRun run, Round round, Answer<?> answer) {
        if (answer instanceof Answer.Throttled<?> throttled) {
            return run.held(throttled);
        }
        if (answer instanceof Answer.Rejected<?> && round.phase() == Phase.LISTING) {
            rounds.listAnew(round); // a place in a list may be too old to go on from
        }
        run.failed(answer.failure());
        return regular(round.account());
    }

    private Instant ask(AccountView account, Round round, ReadingRun run) {
        if (round.total() != null && rounds.shown(round) < round.total()) {
            run.partial("the list showed fewer than the " + round.total() + " listings that it says there are");
        }
        var left = can(account, Capability.LISTING_BY_ID) ? toAsk(round) : List.<Unheard>of();
        var failures = 0;
        for (var unheard : left) {
            var askedAt = clock.instant();
            var answer = connections.call(
                    account.id(),
                    Lane.BACKFILL,
                    (marketplace, connection) ->
                            marketplace.listings().orElseThrow().listing(unheard.externalId(), connection));
            var reading = answer instanceof Ok<ListingReading>(var it) ? it : null;
            failures = reading == null ? failures + 1 : 0;
            if (failures > 1 || concernsAll(answer)) {
                return stopped(run, round, answer);
            }
            run.skipped("unanswered", failures);
            writer.store(round, unheard, reading, askedAt).ifPresent(run::told);
        }
        if (!left.isEmpty()) {
            return clock.instant(); // perhaps there are more, or some of another kind
        }
        writer.finish(round);
        if (can(account, Capability.FULFILLED_STOCK)) {
            fulfilled.read(account.id(), run);
        }
        return rounds.wanted(account.id()) ? clock.instant() : regular(account.id());
    }

    private List<Unheard> toAsk(Round round) {
        var unheard = readings.unheard(round.account(), round.number(), ASKED_A_TURN);
        return unheard.isEmpty() ? readings.unasked(round.account(), ASKED_A_TURN) : unheard;
    }

    /** Any other failure may be that of one listing, and two in a row are not. */
    private static boolean concernsAll(Answer<?> answer) {
        return switch (answer) {
            case Ok<?> ok -> false;
            case Answer.Throttled<?> throttled -> true;
            case Answer.Unauthorized<?> unauthorized -> true;
            case Answer.Rejected<?>(var code, var reason) -> code.equals(Connections.INACTIVE);
            case Answer.Unavailable<?> unavailable -> false;
            case Answer.Malformed<?> malformed -> false;
        };
    }
}
