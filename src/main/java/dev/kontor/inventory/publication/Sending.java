package dev.kontor.inventory.publication;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

import dev.kontor.inventory.ItemId;
import dev.kontor.inventory.ListingId;
import dev.kontor.inventory.publication.Channels.Channel;
import dev.kontor.inventory.publication.Journal.Planned;
import dev.kontor.inventory.publication.Move.Send;
import dev.kontor.inventory.publication.Publications.Due;
import dev.kontor.inventory.publication.Waits.Turn;
import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Connection;
import dev.kontor.marketplaces.StockWriter.Change;
import dev.kontor.marketplaces.StockWriter.Command;
import dev.kontor.marketplaces.StockWriter.Kind;
import dev.kontor.marketplaces.StockWriter.Terms;

/** Sends what listings are to show. What is sent is written down before, together with what it may do to the exposure. */
@Component
class Sending {

    private static final Logger log = LoggerFactory.getLogger(Sending.class);

    /** By which the database refuses that more is given than there is. */
    private static final String EXPOSURE_CHECK = "publications_exposure_check";

    /** So that what a marketplace takes in one piece is sent in one. */
    private static final int MOST = 10_000;

    /** As many as are surely sent before the lease ends. */
    private static final int MOST_CALLS = 200;

    /** Of zeroes no more than are on their way at once, so that none waits behind one that was wanted later. */
    private static final int MOST_ZEROES = Channels.AT_ONCE;

    /** By then a call has been answered or given up, or the instance that made it is dead. */
    static final Duration LEASE = Duration.ofMinutes(3);

    /** So often it is looked whether more can be given; a sale makes that be looked at once. */
    private static final Duration A_MINUTE = Duration.ofMinutes(1);

    private final Publications publications;
    private final Journal journal;
    private final Outcomes outcomes;
    private final Reading reading;
    private final Channels channels;
    private final Waits waits;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Sending(
            Publications publications,
            Journal journal,
            Outcomes outcomes,
            Reading reading,
            Channels channels,
            Waits waits,
            TransactionTemplate transaction,
            Clock clock) {
        this.publications = publications;
        this.journal = journal;
        this.outcomes = outcomes;
        this.reading = reading;
        this.channels = channels;
        this.waits = waits;
        this.transaction = transaction;
        this.clock = clock;
    }

    private record Plan(List<Command> commands, List<Publication> unread, boolean any) {}

    /** @return whether there was anything to do */
    boolean send(Due due) {
        var channel = channels.find(due);
        if (channel == null) {
            return false;
        }
        var turn = waits.begin(due);
        var plan = planned(due, channel, turn);
        if (plan == null || !plan.any()) {
            return false;
        }
        channel.eachOf(plan.commands(), command -> {
            var answer = turn.heard(channel.write(due.work().lane(), command, () -> isWanted(command)));
            if (answer instanceof Answer.Rejected<?>(var code, var reason) && code.equals(Connection.UNWANTED)) {
                outcomes.withheld(command);
            } else {
                outcomes.sent(command, answer, channel.terms());
            }
        });
        turn.end();
        reading.read(channel, plan.unread(), due.work().lane());
        return true;
    }

    /** Nobody took it for lost while it waited for its turn. */
    private boolean isWanted(Command command) {
        return publications.wanted(command.id(), Set.of(State.SENT), clock.instant());
    }

    /**
     * Where the database refuses that more is given, the half of what is due is tried, until the one that it refuses is
     * alone: a reading may have told meanwhile that less can be given, and nobody else shall wait for that.
     *
     * @return null where nothing could be planned; soon again
     */
    private @Nullable Plan planned(Due due, Channel channel, Turn turn) {
        for (int most = MOST; most > 0; most /= 2) {
            int limit = most;
            try {
                return transaction.execute(status -> plan(due, channel, turn, limit));
            } catch (DataIntegrityViolationException e) {
                if (!refusesExposure(e)) {
                    throw e;
                }
            }
        }
        transaction.executeWithoutResult(status -> {
            var now = clock.instant();
            publications.claim(due, 1, now).forEach(row -> {
                log.debug("What was to be given to listing {} is not free any more", row.listing());
                publications.postpone(row.listing(), now.plus(A_MINUTE));
            });
        });
        return null;
    }

    private static boolean refusesExposure(DataIntegrityViolationException refusal) {
        return refusal.getMostSpecificCause() instanceof PSQLException cause
                && cause.getServerErrorMessage() instanceof ServerErrorMessage said
                && EXPOSURE_CHECK.equals(said.getConstraint());
    }

    private Plan plan(Due due, Channel channel, Turn turn, int limit) {
        var now = clock.instant();
        var rows = publications.claim(due, limit, now);
        var moves = new Moves(channel.terms());
        var free = new Free(rows);
        var sends = new HashMap<String, Planned>();
        var changes = new ArrayList<Change>();
        var unread = new ArrayList<Publication>();
        for (var row : rows) {
            var desired = row.desired();
            var expected = row.expected();
            if (desired == null || expected == null) {
                continue;
            }
            var early = early(row, channel.terms());
            switch (early == null ? moves.next(row, desired, expected, free.of(row)) : early) {
                case Send send -> {
                    free.take(row, send.growth());
                    sends.put(row.externalId(), new Planned(row, send));
                    changes.add(send.change());
                }
                case Move.Read() -> unread.add(row);
                case Move.Withhold(var units) -> {
                    if (row.worthReading(now)) {
                        unread.add(row); // it may show less than is believed
                    } else {
                        publications.withhold(row.listing(), units, now, now.plus(A_MINUTE));
                    }
                }
                case Move.Wait(var atLeast) -> {
                    if (early == null && row.worthReading(now)) {
                        unread.add(row); // what is waited for may have happened already
                    } else {
                        publications.postpone(row.listing(), now.plus(atLeast));
                    }
                }
            }
        }
        publications.lease(unread, now.plus(LEASE));
        var commands = new ArrayList<Command>();
        var groups = channel.writer().groups(turn.doubted() ? few(changes, turn) : changes);
        var most = due.work() == Work.ZERO ? MOST_ZEROES : MOST_CALLS;
        for (var group : groups.subList(0, Math.min(groups.size(), most))) { // the others keep their turn
            var command = new Command(UUID.randomUUID(), group);
            var finalAt = now.plus(LEASE).plus(channel.writer().longestDelay(command)); // it may be sent that late
            var planned =
                    group.stream().map(change -> sends.get(change.listing())).toList();
            journal.sent(command.id(), planned, now, now.plus(LEASE), finalAt);
            commands.add(command);
        }
        return new Plan(commands, unread, !rows.isEmpty());
    }

    /** One of each sort, for marketplaces may take one and put off another. */
    private static List<Change> few(List<Change> changes, Turn turn) {
        return changes.stream()
                .collect(Collectors.groupingBy(Sort::of, LinkedHashMap::new, Collectors.toList()))
                .values()
                .stream()
                .map(turn::oneOf)
                .toList();
    }

    private record Sort(Kind kind, boolean reactivate) {
        private static Sort of(Change change) {
            return new Sort(change.kind(), change instanceof Change.Absolute it && it.reactivate());
        }
    }

    private Move.@Nullable Wait early(Publication row, Terms terms) {
        var sent = row.sent();
        if (sent == null) {
            return null;
        }
        var wait = Duration.between(clock.instant(), sent.at().plus(terms.minimumInterval()));
        return wait.isPositive() ? new Move.Wait(wait) : null;
    }

    /** What nobody was given yet, of the items whose positions are locked. */
    private class Free {

        private final Map<ListingId, Map<ItemId, Long>> contents;
        private final Map<ItemId, Long> free;

        Free(Collection<Publication> rows) {
            var guarded = rows.stream().filter(Publication::guarded).toList();
            contents = guarded.isEmpty() ? Map.of() : publications.contents(guarded);
            var items = new HashSet<ItemId>();
            contents.values().forEach(content -> items.addAll(content.keySet()));
            free = items.isEmpty() ? Map.of() : publications.free(items);
        }

        long of(Publication row) {
            return contents.getOrDefault(row.listing(), Map.of()).entrySet().stream()
                    .mapToLong(it -> free.getOrDefault(it.getKey(), 0L) / it.getValue())
                    .min()
                    .orElse(0);
        }

        void take(Publication row, long units) {
            if (units > 0) {
                contents.getOrDefault(row.listing(), Map.of())
                        .forEach((item, each) -> free.merge(item, -units * each, Long::sum));
            }
        }
    }
}
