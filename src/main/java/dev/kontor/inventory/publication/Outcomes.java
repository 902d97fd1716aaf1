package dev.kontor.inventory.publication;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.StockWriter.Command;
import dev.kontor.marketplaces.StockWriter.Outcome;
import dev.kontor.marketplaces.StockWriter.Terms;

/** Writes down what became of writes. */
@Component
class Outcomes {

    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    private static final Duration LONGEST_ASKING = Duration.ofSeconds(30);
    private static final Duration SOON = Duration.ofMillis(200);

    private final Publications publications;
    private final Journal journal;
    private final Clock clock;

    Outcomes(Publications publications, Journal journal, Clock clock) {
        this.publications = publications;
        this.journal = journal;
        this.clock = clock;
    }

    /** Of a command that was sent, or whose state was asked. What was settled before stays as it is. */
    @Transactional
    void record(Command command, Answer<Map<String, Outcome>> answer, Terms terms) {
        for (var row : publications.of(command.id())) {
            switch (answer) {
                case Answer.Ok<Map<String, Outcome>>(var outcomes) ->
                    record(
                            row,
                            outcomes.getOrDefault(row.externalId(), new Outcome.Unknown("nothing was said of it")),
                            terms);
                case Answer.Throttled<?>(var until) -> unsent(row, answer.failure(), until, terms);
                case Answer.Rejected<?> ignored -> refused(row, answer.failure(), terms);
                case Answer.Unauthorized<?> ignored -> refused(row, answer.failure(), terms);
                case Answer.Unavailable<?> ignored -> unknown(row, answer.failure(), terms);
                case Answer.Malformed<?> ignored -> unknown(row, answer.failure(), terms);
            }
        }
    }

    /** Asking what became of them failed, which says nothing about them. */
    @Transactional
    void unanswered(Command command, Answer<?> answer, Terms terms) {
        for (var row : publications.of(command.id())) {
            if (answer instanceof Answer.Throttled<?>(var until)) {
                publications.postpone(row.listing(), until);
            } else {
                unknown(row, answer.failure(), terms);
            }
        }
    }

    private void record(Publication row, Outcome outcome, Terms terms) {
        var command = Objects.requireNonNull(row.command());
        var now = clock.instant();
        switch (outcome) {
            case Outcome.Applied() -> journal.applied(command, row.listing(), now, terms.readingLag());
            case Outcome.Accepted(var ticket) -> {
                if (overdue(row, now, terms)) {
                    journal.expired(command, row.listing(), "it was accepted and never done", now);
                } else {
                    journal.accepted(command, row.listing(), ticket, now, pause(row, now));
                }
            }
            case Outcome.Rejected(var code, var reason) -> refused(row, code + ": " + reason, terms);
            case Outcome.Postponed(var until) ->
                journal.postponed(command, row.listing(), "the marketplace is busy with it", now, until);
            case Outcome.Unknown(var reason) -> unknown(row, reason, terms);
        }
    }

    /** A command that was sent before may have been heard then, whatever is said of its repetition. */
    private void unsent(Publication row, String reason, Instant until, Terms terms) {
        var command = Objects.requireNonNull(row.command());
        if (row.state() == State.SENT) {
            journal.postponed(command, row.listing(), reason, clock.instant(), until);
        } else {
            publications.postpone(row.listing(), until);
        }
    }

    private void refused(Publication row, String reason, Terms terms) {
        var command = Objects.requireNonNull(row.command());
        var now = clock.instant();
        journal.refused(command, row.listing(), reason, now, now.plus(backOff(row.attempts())));
    }

    /** The first time it is usually a matter of somebody having been faster. */
    private static Duration backOff(int attempts) {
        var pause = attempts == 0 ? Duration.ZERO : Duration.ofSeconds(1L << Math.min(attempts, 12));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }

    private void unknown(Publication row, String reason, Terms terms) {
        var command = Objects.requireNonNull(row.command());
        var now = clock.instant();
        if (overdue(row, now, terms)) {
            journal.expired(command, row.listing(), reason, now);
        } else {
            journal.unknown(command, row.listing(), reason, now.plus(pause(row, now)));
        }
    }

    private static boolean overdue(Publication row, Instant now, Terms terms) {
        var sent = row.sent();
        return sent == null || now.isAfter(sent.at().plus(terms.longestDelay()));
    }

    /** The longer it takes, the less often it is asked. */
    private static Duration pause(Publication row, Instant now) {
        var sent = row.sent();
        var age =
                sent == null ? Duration.ZERO : Duration.between(sent.at(), now).dividedBy(3);
        return age.compareTo(SOON) < 0 ? SOON : age.compareTo(LONGEST_ASKING) < 0 ? age : LONGEST_ASKING;
    }
}
