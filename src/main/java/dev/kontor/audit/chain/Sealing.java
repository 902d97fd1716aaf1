package dev.kontor.audit.chain;

import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

import dev.kontor.audit.chain.Links.Link;
import dev.kontor.audit.chain.Links.Unsealed;
import dev.kontor.audit.entries.Signature;

/**
 * Adds a link for each entry that was committed and has none. No change waits for it, and it waits for no change: an entry
 * of a transaction that goes on for long is sealed when that has ended, behind those that ended before.
 *
 * <p>An entry that becomes visible later was written by a transaction that had not ended when the {@code horizon} was
 * taken; so all before the horizon need no second look. It is this instance's own: one that begins looks at all of them, and
 * so finds what was restored from a copy.
 */
@Component
public class Sealing {

    static final byte[] BEGINNING = new byte[32];

    private static final Logger log = LoggerFactory.getLogger(Sealing.class);

    private static final int BATCH = 1_000;

    private final Links links;
    private final Signature signature;
    private final TransactionOperations transaction;
    private final Clock clock;
    private @Nullable String seen;

    Sealing(Links links, Signature signature, TransactionOperations transaction, Clock clock) {
        this.links = links;
        this.signature = signature;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Where a run goes on; {@code end} where nothing is left. */
    private record Place(String transaction, long number, int sealed, boolean end) {}

    /** @return how many were sealed; none where another instance is just doing it */
    public synchronized int seal() {
        var sealed = 0;
        var horizon = transaction.execute(_ -> links.horizon());
        var all = seen == null;
        var place = new Place(seen == null ? "0" : seen, Long.MIN_VALUE, 0, false);
        do {
            var from = place;
            place = transaction.<@Nullable Place>execute(_ -> links.lock() ? portion(from, all) : null);
            if (place == null) {
                return sealed;
            }
            sealed += place.sealed();
        } while (!place.end());
        seen = horizon;
        return sealed;
    }

    private Place portion(Place from, boolean all) {
        var found = links.unsealed(from.transaction(), from.number(), all, BATCH);
        if (found.isEmpty()) {
            return new Place(from.transaction(), from.number(), 0, true);
        }
        var added = chained(found, clock.instant().truncatedTo(ChronoUnit.MICROS));
        links.add(added);
        var last = found.getLast();
        return new Place(last.transaction(), last.number(), added.size(), found.size() < BATCH);
    }

    private List<Link> chained(List<Unsealed> found, Instant now) {
        var last = links.last();
        var hash = last == null ? BEGINNING : last.hash();
        var sequence = last == null ? 0 : last.sequence();
        var added = new ArrayList<Link>();
        for (var unsealed : found) {
            var entry = unsealed.stored().entry();
            var mac = unsealed.stored().mac();
            if (!MessageDigest.isEqual(mac, signature.of(entry))) {
                log.error(
                        "The audit entry {} was not written by Kontor, or changed since; it is not sealed", entry.id());
                continue;
            }
            sequence++;
            hash = signature.of(hash, sequence, entry.id(), mac, now);
            added.add(new Link(sequence, entry.id(), now, hash));
        }
        return added;
    }
}
