package dev.kontor.privacy.vault;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

import dev.kontor.privacy.vault.ErasureProof.Reason;
import dev.kontor.privacy.vault.Erasures.Pending;

/** Forgets in time: erases whoever was not relevant for longer than the account keeps personal data. */
@Component
class Retention {

    private final RetentionProperties properties;
    private final Shelves shelves;
    private final Erasures erasures;
    private final Erasure erasure;
    private final TransactionOperations transaction;
    private final Clock clock;

    Retention(
            RetentionProperties properties,
            Shelves shelves,
            Erasures erasures,
            Erasure erasure,
            TransactionOperations transaction,
            Clock clock) {
        this.properties = properties;
        this.shelves = shelves;
        this.erasures = erasures;
        this.erasure = erasure;
        this.transaction = transaction;
        this.clock = clock;
    }

    void keep(UUID account, String marketplace, @Nullable Duration declared) {
        var ordered = properties.daysFor(marketplace);
        var wanted = declared == null ? null : (Integer) Math.toIntExact(Math.max(1, declared.toDays()));
        shelves.keep(account, ordered == null ? wanted : ordered);
    }

    void run() {
        shelves.forgetful().forEach(this::forget);
        erasure.reconcile();
    }

    private void forget(Shelf shelf) {
        var days = shelf.keepDays();
        if (days != null) {
            var before = clock.instant().minus(Duration.ofDays(days));
            transaction.executeWithoutResult(status -> shelves.close(shelf.account(), Shelf.day(before)));
            condemn(shelf, before);
            erasure.resume(); // whole days at once, now that all of them are condemned
        }
    }

    private void condemn(Shelf shelf, Instant before) {
        var last = shelf.first(0) | 0xffff_ffff_ffffL;
        var page = erasures.outdated(shelf.first(0) - 1, last, before, Erasure.BATCH);
        while (!page.isEmpty()) {
            erasure.condemn(page.stream().map(Pending::id).toList(), before, Reason.RETENTION);
            page = erasures.outdated(page.getLast().leaf(), last, before, Erasure.BATCH);
        }
    }
}
