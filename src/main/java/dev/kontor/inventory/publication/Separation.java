package dev.kontor.inventory.publication;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.kontor.inventory.allocation.Step.Kind;
import dev.kontor.inventory.publication.Circumstances.Known;
import dev.kontor.inventory.publication.Circumstances.Seen;
import dev.kontor.inventory.publication.Decisions.Decision;
import dev.kontor.inventory.publication.ShownQuantities.Sighting;
import dev.kontor.inventory.publication.Writes.Write;
import dev.kontor.marketplaces.StockWriter;

/**
 * What separates what buyers were shown from what was to be shown at a moment. The differences add up: what is on its way,
 * sold unheard or changed at the marketplace has numbers of its own, and what is left is what Kontor had not written, for
 * the reason that it had.
 */
class Separation {

    private final @Nullable Decision decision;
    private final @Nullable Write write;
    private final Known known;
    private final Instant moment;
    private final boolean now;
    private final List<Difference> differences = new ArrayList<>();

    /** @param write the last one that had been sent by then */
    Separation(@Nullable Decision decision, @Nullable Write write, Known known, Instant moment, boolean now) {
        this.decision = decision;
        this.write = write;
        this.known = known;
        this.moment = moment;
        this.now = now;
        var seen = known.seen();
        var published = published();
        if (seen == null || published == null) {
            add(seen == null && now ? Kind.NEVER_READ : Kind.NOT_RECORDED, 0, null);
        } else {
            separate(seen, published);
        }
    }

    List<Difference> differences() {
        return List.copyOf(differences);
    }

    /** What was read last, less what is known to have been sold since. */
    @Nullable
    Long published() {
        var seen = known.seen();
        var sold = known.sold();
        if (seen == null || sold.cancelled()) {
            return null;
        }
        return sold.forgotten() ? known.standing() : (Long) Math.max(0, seen.quantity() - sold.all());
    }

    @Nullable
    Sighting seen() {
        var seen = known.seen();
        return seen == null
                ? null
                : new Sighting(seen.quantity(), seen.at(), known.sold().all());
    }

    private void separate(Seen seen, long published) {
        var desired = decision == null ? null : decision.desired();
        if (desired == null) {
            addUnlessNone(Kind.LEFT_ALONE, published, decision == null ? null : decision.at());
            return;
        }
        long rest = published - desired;
        if (rest == 0) {
            return;
        }
        rest -= inFlight(seen, published, rest);
        long unheard = -known.sold().unheard() - seen.unheard();
        addUnlessNone(Kind.SOLD_UNHEARD, unheard, null);
        rest -= unheard;
        long changed = changed(seen, rest);
        addUnlessNone(Kind.CHANGED_THERE, changed, seen.at());
        rest -= changed;
        if (rest != 0) {
            differences.add(unwritten(rest));
        }
    }

    private long inFlight(Seen seen, long published, long rest) {
        if (write == null || !pending(write)) {
            return 0;
        }
        long quantity;
        if (sawTheLastWrite(seen)) {
            quantity = seen.unexpected() == null ? rest : surprise(seen);
        } else if (write.kind() == StockWriter.Kind.RELATIVE) {
            quantity = -write.quantity();
        } else {
            quantity = published - Math.max(0, write.quantity() - known.sold().written());
        }
        if (quantity != 0) {
            differences.add(new Difference(
                    Kind.IN_FLIGHT, quantity, write.sentAt(), null, write.command(), state(write), null));
        }
        return quantity;
    }

    /** Neither seen to be shown by then, nor known to be in vain. */
    private boolean pending(Write sent) {
        return !by(sent.verifiedAt()) && !by(sent.endedAt());
    }

    private boolean by(@Nullable Instant at) {
        return at != null && !at.isAfter(moment);
    }

    /** That nobody knows what became of it is not on record of the past. */
    private State state(Write sent) {
        return now
                ? sent.state()
                : by(sent.appliedAt()) ? State.APPLIED : by(sent.acceptedAt()) ? State.ACCEPTED : State.SENT;
    }

    private boolean sawTheLastWrite(Seen seen) {
        return write == null || seen.write() != null && seen.write() >= write.number();
    }

    /** A sale that was in what was read and was not known then is no surprise once it is, nor is what it was to show then. */
    private static long surprise(Seen seen) {
        return seen.unexpected() == null ? 0 : seen.unexpected() + seen.heard() + seen.unheard();
    }

    /** A write that was sent since took it into account, as far as it was believed by then. */
    private long changed(Seen seen, long rest) {
        long surprise = surprise(seen);
        if (sawTheLastWrite(seen)) {
            return write != null && pending(write) ? 0 : surprise;
        }
        return Long.signum(surprise) == Long.signum(rest)
                ? Long.signum(rest) * Math.min(Math.abs(surprise), Math.abs(rest))
                : 0;
    }

    private Difference unwritten(long rest) {
        if (known.plan() != null) {
            return new Difference(Kind.HELD, rest, known.heldSince(), known.plan(), null, null, null);
        }
        if (known.observed()) {
            return Difference.of(Kind.OBSERVED, rest, known.observedSince());
        }
        if (known.inactiveSince() != null) {
            return Difference.of(Kind.INACTIVE, rest, known.inactiveSince());
        }
        var decided = decision == null ? null : decision.at();
        if (decision != null && by(decision.withheldAt()) && Long.valueOf(-rest).equals(decision.withheld())) {
            return Difference.of(Kind.WITHHELD, rest, decision.withheldAt());
        }
        boolean inVain = write != null
                && by(write.endedAt())
                && !by(write.verifiedAt())
                && (decided == null || !write.sentAt().isBefore(decided));
        return inVain && write != null
                ? new Difference(Kind.NOT_WRITTEN, rest, decided, null, write.command(), write.state(), write.reason())
                : Difference.of(Kind.NOT_WRITTEN, rest, decided);
    }

    private void addUnlessNone(Kind kind, long quantity, @Nullable Instant since) {
        if (quantity != 0) {
            add(kind, quantity, since);
        }
    }

    private void add(Kind kind, long quantity, @Nullable Instant since) {
        differences.add(Difference.of(kind, quantity, since));
    }
}
