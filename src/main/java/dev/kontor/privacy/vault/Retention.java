package dev.kontor.privacy.vault;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

import dev.kontor.audit.Act;
import dev.kontor.privacy.RetentionFinished;
import dev.kontor.privacy.RetentionMissed;
import dev.kontor.privacy.vault.ErasureProof.Reason;
import dev.kontor.privacy.vault.Erasures.Pending;

/**
 * Forgets in time: erases whoever was not relevant for longer than the account keeps personal data. One account's failure
 * keeps no other from its turn, and a buyer is erased once, however many instances do this at once.
 */
@Component
class Retention {

    private static final Logger log = LoggerFactory.getLogger(Retention.class);

    private final RetentionProperties properties;
    private final Shelves shelves;
    private final Erasures erasures;
    private final Erasure erasure;
    private final TransactionOperations transaction;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Retention(
            RetentionProperties properties,
            Shelves shelves,
            Erasures erasures,
            Erasure erasure,
            TransactionOperations transaction,
            ApplicationEventPublisher events,
            Clock clock) {
        this.properties = properties;
        this.shelves = shelves;
        this.erasures = erasures;
        this.erasure = erasure;
        this.transaction = transaction;
        this.events = events;
        this.clock = clock;
    }

    void keep(UUID account, String marketplace, @Nullable Duration declared) {
        var demanded = declared == null ? null : (Integer) Math.toIntExact(Math.max(1, declared.toDays()));
        var ordered = properties.daysFor(marketplace);
        shelves.keep(account, marketplace, demanded, ordered == null ? demanded : ordered);
    }

    /** A setting that was changed holds from the next start on for accounts that are known already, too. */
    @EventListener(ApplicationReadyEvent.class)
    void applySettings() {
        for (var marketplace : shelves.marketplaces()) {
            shelves.keepAll(marketplace, properties.daysFor(marketplace));
        }
    }

    /** @return whether it went through for every account */
    boolean run() {
        applySettings();
        var missed = shelves.forgetful().stream().filter(shelf -> !round(shelf)).count();
        erasure.reconcile();
        return missed == 0;
    }

    private boolean round(Shelf shelf) {
        var startedAt = clock.instant();
        var forgotten = new long[1];
        try {
            forget(shelf, forgotten);
        } catch (RuntimeException e) {
            log.error("Buyers of account {} could not be forgotten in time", shelf.account(), e);
            tell(
                    shelf,
                    forgotten[0],
                    startedAt,
                    "it was cut off: " + e.getClass().getSimpleName());
            return false;
        }
        tell(shelf, forgotten[0], startedAt, null);
        return true;
    }

    private void tell(Shelf shelf, long forgotten, Instant startedAt, @Nullable String error) {
        var now = clock.instant();
        transaction.executeWithoutResult(_ -> {
            events.publishEvent(
                    new RetentionFinished(UUID.randomUUID(), shelf.account(), forgotten, startedAt, now, error));
            if (error == null) {
                shelves.forgotten(shelf.account(), now);
            } else {
                events.publishEvent(new RetentionMissed(shelf.account(), null, error, now));
            }
        });
    }

    private void forget(Shelf shelf, long[] forgotten) {
        var days = shelf.keepDays();
        if (days != null) {
            var before = clock.instant().minus(Duration.ofDays(days));
            transaction.executeWithoutResult(status -> shelves.close(shelf.account(), Shelf.day(before)));
            condemn(shelf, before, forgotten);
            erasure.resume(); // whole days at once, now that all of them are condemned
        }
    }

    private void condemn(Shelf shelf, Instant before, long[] forgotten) {
        var page = erasures.outdated(shelf.first(0) - 1, shelf.last(), before, Erasure.BATCH);
        while (!page.isEmpty()) {
            forgotten[0] += erasure.condemn(
                            page.stream().map(Pending::id).toList(),
                            before,
                            Reason.RETENTION,
                            condemned -> Act.of("buyers.retention-ended", "account", shelf.account())
                                    .field("buyers", condemned.size())
                                    .field("notSince", before)
                                    .hidden("personalData"))
                    .size();
            page = erasures.outdated(page.getLast().leaf(), shelf.last(), before, Erasure.BATCH);
        }
    }
}
