package dev.kontor.inventory.publication;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

import dev.kontor.inventory.publication.Channels.Channel;
import dev.kontor.inventory.publication.Publications.Due;
import dev.kontor.inventory.publication.Waits.Turn;
import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Lane;
import dev.kontor.marketplaces.StockWriter.Change;
import dev.kontor.marketplaces.StockWriter.Command;
import dev.kontor.marketplaces.StockWriter.Outcome;

/** Asks what became of writes that were accepted, or whose answer got lost with whoever sent them. */
@Component
class Resolving {

    private static final int MOST = 500;
    private static final int MOST_ZEROES = Channels.AT_ONCE;

    private final Publications publications;
    private final Outcomes outcomes;
    private final Channels channels;
    private final Waits waits;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Resolving(
            Publications publications,
            Outcomes outcomes,
            Channels channels,
            Waits waits,
            TransactionTemplate transaction,
            Clock clock) {
        this.publications = publications;
        this.outcomes = outcomes;
        this.channels = channels;
        this.waits = waits;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * @param lost nothing was heard of it since it was sent
     * @param slow a zero that takes too long, and is sent again
     */
    private record Open(
            Command command, Instant sentAt, @Nullable String ticket, Lane lane, boolean lost, boolean slow) {}

    boolean resolve(Due due) {
        var channel = channels.find(due);
        if (channel == null) {
            return false;
        }
        var turn = waits.begin(due);
        var open = Objects.requireNonNull(transaction.execute(status -> claim(due, turn)));
        channel.eachOf(open, it -> resolve(channel, turn, it));
        turn.end();
        return !open.isEmpty();
    }

    private List<Open> claim(Due due, Turn turn) {
        var now = clock.instant();
        var most = turn.doubted() ? 1 : due.work() == Work.RESOLVE_ZERO ? MOST_ZEROES : MOST;
        var commands = publications.commands(publications.claim(due, most, now));
        var open = new ArrayList<Open>();
        for (var command : commands) {
            var rows = publications.free(command);
            if (!rows.isEmpty()) { // else soon again
                publications.lost(command, now.plus(Sending.LEASE));
                open.add(open(command, rows, now));
            }
        }
        return open;
    }

    private static Open open(UUID command, List<Publication> locked, Instant now) {
        var rows = locked.stream()
                .sorted(Comparator.comparing(Publication::externalId))
                .toList();
        var first = rows.getFirst();
        var sent = Objects.requireNonNull(first.sent());
        var changes = rows.stream()
                .map(row -> Objects.requireNonNull(row.sent()).change(row.externalId()))
                .toList();
        boolean toZero = rows.stream().allMatch(row -> Objects.equals(row.desired(), 0L));
        return new Open(
                new Command(command, changes),
                sent.at(),
                first.ticket(),
                toZero ? Lane.STOCK_TO_ZERO : Lane.STOCK_DECREASE,
                first.state() == State.SENT || first.state() == State.UNKNOWN,
                changes.stream().allMatch(change -> change instanceof Change.Absolute it && it.quantity() == 0)
                        && sent.slow(now));
    }

    private void resolve(Channel channel, Turn turn, Open open) {
        var command = open.command();
        var answer =
                channel.call(open.lane(), (writer, connection) -> writer.state(command, open.ticket(), connection));
        if (!(answer instanceof Answer.Ok<Map<String, Outcome>>(var states))) {
            turn.heard(answer);
            outcomes.unanswered(command, answer, channel.terms());
            return;
        }
        var delay = Sending.LEASE.plus(channel.writer().longestDelay(command));
        boolean unheard = states.values().stream().allMatch(Outcome.Unknown.class::isInstance);
        if (!unheard) { // which some say without asking anybody
            turn.heard(answer);
        }
        boolean undone = states.values().stream().allMatch(Outcome.Accepted.class::isInstance);
        if ((open.lost() && unheard || open.slow() && undone)
                && command.changes().stream().allMatch(channel.writer()::repeatable)
                && clock.instant().isBefore(open.sentAt().plus(delay))
                && isWanted(command)) {
            outcomes.repeating(command, clock.instant().plus(delay));
            var again = turn.heard(channel.write(open.lane(), command, () -> isWanted(command)));
            outcomes.repeated(command, again, channel.terms());
        } else {
            outcomes.told(command, states, channel.terms());
        }
    }

    private boolean isWanted(Command command) {
        return publications.wanted(command.id(), Set.of(State.UNKNOWN, State.ACCEPTED), clock.instant());
    }
}
