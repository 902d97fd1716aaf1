package dev.kontor.inventory.publication;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

import dev.kontor.inventory.publication.Channels.Channel;
import dev.kontor.inventory.publication.Publications.Due;
import dev.kontor.inventory.publication.Waits.Turn;
import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Lane;
import dev.kontor.marketplaces.StockWriter;

/** Looks at what buyers are shown, while no write to the listing is under way. */
@Component
class Reading {

    private static final int MOST = 500;

    /** When a listing that shows less than was to be expected is looked at once more. */
    static final Duration AGAIN = Duration.ofSeconds(3);

    /** When it is if it still does. */
    static final Duration LATER = Duration.ofSeconds(30);

    /** Zeroes that were written within so long are looked at together. */
    static final Duration AT_ONCE = Duration.ofMillis(500);

    /** And so is everything else, which nobody waits for as much: a call that tells of few costs as much as a full one. */
    static final Duration AT_LEISURE = Duration.ofSeconds(2);

    private final Publications publications;
    private final Journal journal;
    private final Channels channels;
    private final Waits waits;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Reading(
            Publications publications,
            Journal journal,
            Channels channels,
            Waits waits,
            TransactionTemplate transaction,
            Clock clock) {
        this.publications = publications;
        this.journal = journal;
        this.channels = channels;
        this.waits = waits;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * When a list that lags shows what is so now, at a moment that many have in common, so that one call tells of all of them.
     *
     * @param within how long
     */
    static Instant together(Instant now, Duration lag, Duration within) {
        return lag.isZero()
                ? now
                : Instant.ofEpochMilli((now.plus(lag).toEpochMilli() / within.toMillis() + 1) * within.toMillis());
    }

    boolean read(Due due) {
        var channel = channels.find(due);
        if (channel == null) {
            return false;
        }
        var turn = waits.begin(due);
        var rows = Objects.requireNonNull(transaction.execute(status -> {
            var now = clock.instant();
            var claimed = publications.claim(due, turn.doubted() ? 1 : MOST, now);
            publications.lease(claimed, now.plus(Sending.LEASE));
            return claimed;
        }));
        read(channel, rows, due.work().lane(), turn);
        return !rows.isEmpty();
    }

    void read(Channel channel, Collection<Publication> rows, Lane lane) {
        read(channel, rows, lane, waits.begin(new Due(channel.account(), Work.READ)));
    }

    private void read(Channel channel, Collection<Publication> rows, Lane lane, Turn turn) {
        channel.eachOf(portions(List.copyOf(rows), channel.terms().readSize()), portion -> {
            var names = portion.stream().map(Publication::externalId).toList();
            var answer = turn.heard(channel.call(lane, (writer, connection) -> writer.read(names, connection)));
            transaction.executeWithoutResult(status -> store(portion, answer));
        });
        turn.end();
    }

    private static List<List<Publication>> portions(List<Publication> rows, int size) {
        var portions = new ArrayList<List<Publication>>();
        for (int first = 0; first < rows.size(); first += size) {
            portions.add(rows.subList(first, Math.min(rows.size(), first + size)));
        }
        return portions;
    }

    private void store(List<Publication> rows, Answer<Map<String, StockWriter.Reading>> answer) {
        var now = clock.instant();
        if (!(answer instanceof Answer.Ok<Map<String, StockWriter.Reading>>(var readings))) {
            var again = answer instanceof Answer.Throttled<?>(var until) ? until : now.plus(LATER);
            rows.forEach(row -> publications.postpone(row.listing(), again));
            return;
        }
        rows.stream().sorted(Publication.ORDER).forEach(row -> {
            switch (readings.get(row.externalId())) {
                case StockWriter.Reading.Shown shown ->
                    journal.shown(row, shown, now, now.plus(AGAIN), now.plus(LATER));
                case StockWriter.Reading.Gone() -> journal.gone(row, now);
                case StockWriter.Reading.Unreadable(var reason) ->
                    journal.unreadable(row.listing(), reason, now.plus(LATER));
                case null -> journal.unreadable(row.listing(), "the marketplace said nothing of it", now.plus(LATER));
            }
        });
    }
}
