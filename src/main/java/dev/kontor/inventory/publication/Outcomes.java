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
import dev.kontor.marketplaces.StockWriter.Kind;
import dev.kontor.marketplaces.StockWriter.Outcome;
import dev.kontor.marketplaces.StockWriter.Terms;

/** Writes down what became of writes. */
@Component
class Outcomes {

    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    private static final Duration LONGEST_PAUSE_TO_ZERO = Duration.ofSeconds(15);
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

    /** Of a command that was sent for the first time. What was settled before stays as it is. */
    @Transactional
    void sent(Command command, Answer<Map<String, Outcome>> answer, Terms terms) {
        for (var row : publications.of(command.id())) {
            if (row.state() != State.SENT) { // somebody took it for lost, and may have sent it once more
                repeated(row, answer, terms);
                continue;
            }
            switch (answer) {
                case Answer.Ok<Map<String, Outcome>>(var outcomes) -> record(row, outcome(row, outcomes), terms);
                case Answer.Throttled<?>(var until) -> unsent(row, answer.failure(), until);
                case Answer.Rejected<?> ignored -> refused(row, answer.failure());
                case Answer.Unauthorized<?> ignored -> refused(row, answer.failure());
                case Answer.Unavailable<?> ignored -> unknown(row, answer.failure(), terms);
                case Answer.Malformed<?> ignored -> unknown(row, answer.failure(), terms);
            }
        }
    }

    /** It was not sent: the seller wants nothing written any more, or it waited so long that others may have written. */
    @Transactional
    void withheld(Command command) {
        for (var row : publications.of(command.id())) {
            if (row.state() == State.SENT) { // else somebody took it for lost while it waited, and looks after it
                unsent(row, "it was not wanted any more when it had its turn", clock.instant());
            }
        }
    }

    /**
     * Before a command is sent once more.
     *
     * @param finalAt from then on neither can take effect
     */
    @Transactional
    void repeating(Command command, Instant finalAt) {
        publications.of(command.id());
        journal.repeating(command.id(), finalAt);
    }

    /** Of a command that was sent once more. */
    @Transactional
    void repeated(Command command, Answer<Map<String, Outcome>> answer, Terms terms) {
        for (var row : publications.of(command.id())) {
            repeated(row, answer, terms);
        }
    }

    /** A refusal speaks of the repetition only: the first one may have been heard. */
    private void repeated(Publication row, Answer<Map<String, Outcome>> answer, Terms terms) {
        if (!(answer instanceof Answer.Ok<Map<String, Outcome>>(var outcomes))) {
            unanswered(row, answer, terms);
            return;
        }
        switch (outcome(row, outcomes)) {
            case Outcome.Rejected(var code, var reason) -> unknown(row, code + ": " + reason, terms);
            case Outcome.Postponed ignored -> unknown(row, "the marketplace is busy with it", terms);
            case Outcome other -> record(row, other, terms);
        }
    }

    /** What the marketplace says when it is asked what became of a command. */
    @Transactional
    void told(Command command, Map<String, Outcome> outcomes, Terms terms) {
        for (var row : publications.of(command.id())) {
            record(row, outcome(row, outcomes), terms);
        }
    }

    private static Outcome outcome(Publication row, Map<String, Outcome> outcomes) {
        return outcomes.getOrDefault(row.externalId(), new Outcome.Unknown("nothing was said of it"));
    }

    /** Asking what became of them failed, which says nothing about them. */
    @Transactional
    void unanswered(Command command, Answer<?> answer, Terms terms) {
        for (var row : publications.of(command.id())) {
            unanswered(row, answer, terms);
        }
    }

    private void unanswered(Publication row, Answer<?> answer, Terms terms) {
        if (answer instanceof Answer.Throttled<?>(var until)) {
            publications.putOff(row.listing(), until);
        } else {
            unknown(row, answer.failure(), terms);
        }
    }

    private void record(Publication row, Outcome outcome, Terms terms) {
        var command = Objects.requireNonNull(row.command());
        var now = clock.instant();
        switch (outcome) {
            case Outcome.Applied(var shown) -> {
                if (shown == null) {
                    journal.applied(command, row.listing(), now, terms.readingLag());
                } else {
                    journal.proved(command, row, shown, now, now.plus(Reading.AGAIN), now.plus(Reading.LATER));
                }
            }
            case Outcome.Accepted(var ticket) -> {
                if (overdue(row, now) || dispensable(row, now) && tooMany(row)) {
                    journal.expired(command, row.listing(), "it was accepted and not done", now, terms.readingLag());
                } else {
                    journal.accepted(command, row.listing(), ticket, now, pause(row, now));
                }
            }
            case Outcome.Rejected(var code, var reason) -> refused(row, code + ": " + reason);
            case Outcome.Postponed(var until) ->
                journal.postponed(command, row.listing(), "the marketplace is busy with it", now, until);
            case Outcome.Over(var reason) -> journal.over(command, row.listing(), reason, now, terms.readingLag());
            case Outcome.Unknown(var reason) -> unknown(row, reason, terms);
        }
    }

    private void unsent(Publication row, String reason, Instant until) {
        journal.postponed(Objects.requireNonNull(row.command()), row.listing(), reason, clock.instant(), until);
    }

    private void refused(Publication row, String reason) {
        var command = Objects.requireNonNull(row.command());
        var now = clock.instant();
        boolean toZero = Objects.equals(row.desired(), 0L);
        journal.refused(command, row.listing(), reason, now, now.plus(backOff(row.attempts(), toZero)));
    }

    /** The first time it is usually a matter of somebody having been faster. What is sold out does not wait long. */
    private static Duration backOff(int attempts, boolean toZero) {
        var pause = attempts == 0 ? Duration.ZERO : Duration.ofSeconds(1L << Math.min(attempts, 12));
        var longest = toZero ? LONGEST_PAUSE_TO_ZERO : LONGEST_PAUSE;
        return pause.compareTo(longest) < 0 ? pause : longest;
    }

    private void unknown(Publication row, String reason, Terms terms) {
        var command = Objects.requireNonNull(row.command());
        var now = clock.instant();
        if (overdue(row, now) || dispensable(row, now)) {
            journal.expired(command, row.listing(), reason, now, terms.readingLag());
        } else {
            journal.unknown(command, row.listing(), reason, now, now.plus(pause(row, now)));
        }
    }

    private static boolean overdue(Publication row, Instant now) {
        var sent = row.sent();
        return sent == null || now.isAfter(sent.finalAt());
    }

    /**
     * A write of which nothing is heard must not keep the listing from the next one, which may be to say that it is sold
     * out. Should it take effect after all, that is seen and put right; and as long as it may, its exposure stays.
     */
    private static boolean dispensable(Publication row, Instant now) {
        var sent = row.sent();
        return sent != null && !isNews(row) && sent.slow(now) && (!row.guarded() || tooMany(row));
    }

    /** Nothing was said of it before: until now it may have waited for its turn. */
    private static boolean isNews(Publication row) {
        return row.state() == State.SENT;
    }

    /**
     * Fewer are to be shown than there would be if it were done, or if it were not. Another plain value puts that right,
     * whichever comes first; a second difference would be taken off beside the first.
     */
    private static boolean tooMany(Publication row) {
        var sent = row.sent();
        var desired = row.desired();
        var expected = row.expected();
        return sent != null
                && sent.kind() == Kind.ABSOLUTE
                && desired != null
                && expected != null
                && desired < Math.max(expected, sent.quantity());
    }

    /** The longer it takes, the less often it is asked. */
    private static Duration pause(Publication row, Instant now) {
        var sent = row.sent();
        var age = sent == null || isNews(row)
                ? Duration.ZERO
                : Duration.between(sent.at(), now).dividedBy(3);
        return age.compareTo(SOON) < 0 ? SOON : age.compareTo(LONGEST_ASKING) < 0 ? age : LONGEST_ASKING;
    }
}
