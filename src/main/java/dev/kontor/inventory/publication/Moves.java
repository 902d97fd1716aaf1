package dev.kontor.inventory.publication;

import java.time.Duration;

import dev.kontor.inventory.publication.Move.Read;
import dev.kontor.inventory.publication.Move.Send;
import dev.kontor.inventory.publication.Move.Wait;
import dev.kontor.inventory.publication.Move.Withhold;
import dev.kontor.marketplaces.StockWriter.Change;
import dev.kontor.marketplaces.StockWriter.Kind;
import dev.kontor.marketplaces.StockWriter.Terms;

/**
 * Chooses the write by what the marketplace can do. A difference comes first, because it is right whatever buyers do
 * meanwhile; then a value that is refused when somebody was faster; a plain value only where there is nothing better, and
 * under escrow only where nothing can be sold unseen.
 */
final class Moves {

    private static final Duration A_WHILE = Duration.ofSeconds(2);

    /** With plain values alone a listing is emptied for more only when it has sold most of what it had. */
    private static final int NEARLY_SOLD_OUT = 4;

    private final Terms terms;

    Moves(Terms terms) {
        this.terms = terms;
    }

    /** @param free how many units of it nobody else was given; only asked for where the listing is guarded */
    Move next(Publication row, long desired, long expected, long free) {
        if (desired < expected) {
            var seen = row.readingAt() == null ? null : row.shown();
            if (seen != null && seen <= desired) {
                return new Wait(A_WHILE); // it was sold, or taken off, and only its being known is missing
            }
            return lower(row, desired, seen == null ? expected : Math.min(seen, expected)); // no more than is there
        }
        long more = row.guarded() ? Math.min(desired - expected, free) : desired - expected;
        return more <= 0 ? new Wait(A_WHILE) : raise(row, desired, expected, more);
    }

    private Move lower(Publication row, long desired, long expected) {
        long less = expected - desired;
        if (desired == 0 && terms.zero()) {
            return new Send(new Change.Absolute(row.externalId(), 0, false), 0, null);
        }
        if (can(Kind.RELATIVE) && repeatable(desired)) {
            return new Send(new Change.Relative(row.externalId(), Math.toIntExact(-less)), 0, -less);
        }
        if (can(Kind.CONDITIONAL)) {
            return conditional(row, -less);
        }
        if (!row.guarded()) {
            return new Send(new Change.Absolute(row.externalId(), Math.toIntExact(desired), false), 0, null);
        }
        // a plain value would give back what buyers have just taken: everything is taken off, and given anew
        return terms.zero() ? new Send(new Change.Absolute(row.externalId(), 0, false), 0, null) : new Wait(A_WHILE);
    }

    /** A listing that ends at zero cannot be led there by a difference. */
    private boolean repeatable(long desired) {
        return desired > 0 || !terms.endsAtZero();
    }

    private Move raise(Publication row, long desired, long expected, long more) {
        boolean ended = terms.endsAtZero() && expected == 0;
        if (can(Kind.RELATIVE) && !ended) {
            return new Send(new Change.Relative(row.externalId(), Math.toIntExact(more)), more, more);
        }
        if (can(Kind.CONDITIONAL) && !ended) {
            return conditional(row, more);
        }
        if (!row.guarded()) {
            return absolute(row, expected + more, more, ended);
        }
        if (row.exposure() == 0) {
            return absolute(row, more, more, ended);
        }
        if (expected == 0) {
            return new Wait(A_WHILE); // what may still be shown is not believed to be sold yet
        }
        return terms.zero() && expected * NEARLY_SOLD_OUT <= more
                ? new Send(new Change.Absolute(row.externalId(), 0, false), 0, null)
                : new Withhold(desired - expected);
    }

    private Send absolute(Publication row, long quantity, long growth, boolean ended) {
        return new Send(new Change.Absolute(row.externalId(), Math.toIntExact(quantity), ended), growth, null);
    }

    private Move conditional(Publication row, long difference) {
        var shown = row.shown();
        var revision = row.revision();
        if (shown == null || revision == null) {
            return new Read();
        }
        long quantity = Math.max(0, shown + difference);
        if (quantity == shown) {
            return new Wait(A_WHILE);
        }
        return new Send(
                new Change.Conditional(row.externalId(), Math.toIntExact(quantity), revision),
                Math.max(0, quantity - shown),
                quantity - shown);
    }

    private boolean can(Kind kind) {
        return terms.kinds().contains(kind);
    }
}
