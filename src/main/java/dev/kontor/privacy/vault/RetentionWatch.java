package dev.kontor.privacy.vault;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

import dev.kontor.privacy.RetentionMissed;

/**
 * Looks whether somebody is there who should have been forgotten, whatever kept the rounds from it: asks the data, and not
 * whether a job has run.
 */
@Component
class RetentionWatch {

    private static final Logger log = LoggerFactory.getLogger(RetentionWatch.class);

    /** A round a day, and one that fails is tried again every hour. */
    static final Duration PATIENCE = Duration.ofHours(36);

    private static final Duration AGAIN = Duration.ofDays(1);

    private final Shelves shelves;
    private final Erasures erasures;
    private final TransactionOperations transaction;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    RetentionWatch(
            Shelves shelves,
            Erasures erasures,
            TransactionOperations transaction,
            ApplicationEventPublisher events,
            Clock clock) {
        this.shelves = shelves;
        this.erasures = erasures;
        this.transaction = transaction;
        this.events = events;
        this.clock = clock;
    }

    void look() {
        shelves.forgetful().forEach(this::look);
    }

    private void look(Shelf shelf) {
        var days = shelf.keepDays();
        if (days != null) {
            var latest = clock.instant().minus(Duration.ofDays(days)).minus(PATIENCE);
            erasures.longestKept(shelf.first(0) - 1, shelf.last(), latest).ifPresent(since -> tell(shelf, since));
        }
    }

    private void tell(Shelf shelf, Instant since) {
        var now = clock.instant();
        transaction.executeWithoutResult(_ -> {
            if (shelves.tellOverdue(shelf.account(), now, now.minus(AGAIN))) {
                log.error(
                        "Personal data of account {} are kept since {}, and may be kept for {} days",
                        shelf.account(),
                        since,
                        shelf.keepDays());
                events.publishEvent(new RetentionMissed(
                        shelf.account(), since, "somebody is kept for longer than " + shelf.keepDays() + " days", now));
            }
        });
    }
}
