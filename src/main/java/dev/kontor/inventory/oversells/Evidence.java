package dev.kontor.inventory.oversells;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.kontor.inventory.ListingId;
import dev.kontor.inventory.exposure.Exposures;
import dev.kontor.inventory.ledger.MovementKind;
import dev.kontor.inventory.oversells.Facts.Moved;
import dev.kontor.inventory.oversells.Facts.Sent;
import dev.kontor.inventory.oversells.Facts.Sold;
import dev.kontor.inventory.oversells.Facts.Standing;

/** What speaks for which cause of one oversell. Where two clocks are compared, they may differ as far as they ever may. */
class Evidence {

    /** A write whose outcome nobody knew may take effect so much later. */
    private static final Duration LATE = Duration.ofHours(1);

    /** A cancellation may be heard of so much later than its units were back on sale. */
    private static final Duration CANCELLED = Duration.ofDays(1);

    private final Instant soldAt;
    private final Moved made;
    private final @Nullable ListingId listing;
    private final List<Sent> writes;
    private final Facts facts;
    private final List<Finding> findings = new ArrayList<>();

    /** What may have to do with it, where nothing shows that it had. */
    private final List<Finding> asides = new ArrayList<>();

    /** @param writes to the listing, the newest first */
    Evidence(Moved made, @Nullable ListingId listing, List<Sent> writes, Facts facts) {
        this.soldAt = made.made();
        this.made = made;
        this.listing = listing;
        this.writes = writes;
        this.facts = facts;
    }

    /** By the movement itself. */
    List<Finding> takenAway() {
        findings.add(finding(Cause.TAKEN_AWAY, made, null));
        return findings;
    }

    /**
     * @param moved the newest first
     * @return what says most first
     */
    List<Finding> of(List<Moved> moved) {
        var sold = Objects.requireNonNull(listing);
        var standing = facts.standing(sold, soldAt).orElse(null);
        showedMore(sold, standing, moved);
        boolean left = known(moved) > 0;
        var released = new HashSet<String>();
        for (var one : moved) {
            boolean here = sold.value().equals(one.listing());
            if (one.kind() == MovementKind.RELEASE) {
                if (one.number() < made.number()) {
                    released.add(one.order() + " " + one.line());
                }
                if (here) {
                    putBack(one);
                }
            } else if (one.change() < 0
                    && one.number() < made.number()
                    && !released.contains(one.order() + " " + one.line())) {
                if (one.order() == null) {
                    takenAwayBefore(one, standing);
                } else if (here) {
                    overwritten(one);
                } else {
                    soldElsewhere(one, standing, left ? findings : asides);
                }
            }
        }
        inDoubt();
        if (findings.isEmpty() && asides.isEmpty() && standing != null && standing.unseen(soldAt)) {
            neverShown(standing);
        }
        return Stream.of(findings, asides)
                .flatMap(some -> some.stream().sorted(Comparator.comparing(Finding::cause)))
                .toList();
    }

    /** How many were left when the sale was made, by what was known then. Without any, to know of more had changed nothing. */
    private long known(List<Moved> moved) {
        long unknown = moved.stream()
                .filter(one -> one.number() < made.number() && !known(one.at()))
                .mapToLong(Moved::change)
                .sum();
        return made.left() - made.change() - unknown;
    }

    /** Perhaps not when that was sold of which was heard last, but when it sold for the last time. */
    private void showedMore(ListingId sold, @Nullable Standing standing, List<Moved> moved) {
        var last = moved.stream()
                .filter(one -> one.change() < 0
                        && one.number() <= made.number()
                        && sold.value().equals(one.listing()))
                .map(Moved::placedAt)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(soldAt);
        for (var until : last.isAfter(soldAt) ? List.of(last, soldAt) : List.of(soldAt)) {
            var seen = LastSeen.of(writes, standing, until);
            if (seen != null
                    && (showedMore(seen, seen.surelyAfter(), until, sold, moved, findings)
                            || showedMore(seen, seen.perhapsAfter(), until, sold, moved, asides))) {
                return;
            }
        }
    }

    /** It sold more since than it was last seen to show, and whatever it was given afterwards. */
    private boolean showedMore(
            LastSeen seen, Instant since, Instant until, ListingId sold, List<Moved> moved, List<Finding> found) {
        var back = moved.stream()
                .filter(one -> one.kind() == MovementKind.RELEASE
                        && sold.value().equals(one.listing())
                        && one.at().isAfter(seen.at()))
                .toList();
        var cancelled = back.stream()
                .filter(one -> one.made().isAfter(since) && !one.made().isAfter(until))
                .map(one -> new Sold(one.made(), one.units()));
        var sales = Stream.concat(facts.sold(sold, since, until).stream(), cancelled)
                .sorted(Comparator.comparing(Sold::at))
                .toList();
        long units = sales.stream().mapToLong(Sold::units).sum();
        long more = seen.tooMany(sales);
        if (more <= 0) {
            return false;
        }
        var late = doubtful().filter(write -> write.quantity() >= more);
        if (more <= units(back)) {
            found.add(Finding.of(Cause.PUT_BACK, until, back.getFirst(), seen.write(), seen, units, more));
        } else if (late.isPresent()) {
            found.add(Finding.of(Cause.WRITE_IN_DOUBT, until, null, late.get(), seen, units, more));
        } else {
            found.add(Finding.of(Cause.SHOWED_MORE, until, null, seen.write(), seen, units, more));
        }
        return true;
    }

    private static long units(List<Moved> moved) {
        return moved.stream().mapToLong(Moved::units).sum();
    }

    private void soldElsewhere(Moved other, @Nullable Standing standing, List<Finding> found) {
        var later = other.placedAt();
        if (later != null
                && later.isAfter(soldAt)) { // it was heard of first, and this one was not known when it was made
            boolean heard = !made.heard().isAfter(later.minus(Exposures.CLOCKS));
            found.add(Finding.of(heard ? Cause.NOT_MATCHED : Cause.NOT_HEARD, later, made, null));
        } else if (!known(other.heard())) {
            found.add(finding(Cause.NOT_HEARD, other, null));
        } else if (!known(other.at())) {
            found.add(finding(Cause.NOT_MATCHED, other, null));
        } else {
            notShown(other, standing);
        }
    }

    private void takenAwayBefore(Moved other, @Nullable Standing standing) {
        if (known(other.at())) {
            notShown(other, standing);
        } else {
            findings.add(finding(Cause.TAKEN_AWAY, other, null));
        }
    }

    /** It was known that there were fewer; buyers of this listing had not been seen to be shown so. */
    private void notShown(Moved other, @Nullable Standing standing) {
        if (shownSince(other.at())) {
            return;
        }
        var sent = writes.reversed().stream()
                .filter(it -> it.sentAt().isAfter(other.at()))
                .toList();
        var write = sent.stream().filter(it -> !refused(it)).findFirst().orElse(null);
        var refused = sent.stream().filter(this::refused).findFirst().orElse(null);
        var cause = cause(write, refused != null, standing);
        findings.add(finding(cause, other, cause == Cause.REFUSED ? refused : write));
    }

    /** It showed another number when it was connected, and had not been seen yet to show what it was to show. */
    private void neverShown(Standing standing) {
        var write = writes.reversed().stream()
                .filter(it -> !refused(it))
                .findFirst()
                .orElse(null);
        var refused = writes.stream().filter(this::refused).findFirst().orElse(null);
        var cause = cause(write, refused != null, standing);
        findings.add(finding(cause, null, cause == Cause.REFUSED ? refused : write));
    }

    /** By the time that the sale was made. */
    private boolean refused(Sent write) {
        var endedAt = write.endedAt();
        return write.refused() && endedAt != null && known(endedAt);
    }

    private Cause cause(@Nullable Sent write, boolean refused, @Nullable Standing standing) {
        if (write != null && known(write.sentAt())) {
            var appliedAt = write.appliedAt();
            return appliedAt == null || !known(appliedAt) ? Cause.NOT_APPLIED : Cause.NOT_VERIFIED;
        }
        if (standing != null && standing.observed()) {
            return Cause.OBSERVED;
        }
        if (standing != null && standing.inactive()) {
            return Cause.INACTIVE;
        }
        if (standing != null && standing.held()) {
            return Cause.HELD;
        }
        return refused ? Cause.REFUSED : Cause.NOT_WRITTEN;
    }

    /** Of two sales of the listing the earlier one was not known when it was told, or seen, how many there are to sell. */
    private void overwritten(Moved other) {
        var placedAt = other.placedAt();
        var later = placedAt != null && placedAt.isAfter(soldAt) ? placedAt : soldAt;
        var earlier = later == soldAt ? other : made; // of which it was heard later
        var unaware = writes.stream()
                .filter(write -> !write.refused() && !write.pending())
                .filter(write -> !write.sentAt().isAfter(later.plus(Exposures.CLOCKS))
                        && write.sentAt().isBefore(earlier.heard()))
                .toList();
        var found = unaware.stream().filter(write -> replaced(write, earlier)).findFirst();
        found.or(() -> unaware.stream()
                        .filter(write -> seenAfter(write, earlier.made().plus(Exposures.CLOCKS)))
                        .findFirst())
                .ifPresentOrElse(
                        write -> findings.add(Finding.of(Cause.OVERWRITTEN, later, earlier, write)),
                        () -> unaware.stream()
                                .filter(write -> seenAfter(write, earlier.made().minus(Exposures.CLOCKS)))
                                .findFirst()
                                .ifPresent(write -> asides.add(Finding.of(Cause.OVERWRITTEN, later, earlier, write))));
    }

    /** A plain number that was under way when the earlier of the two was sold. */
    private static boolean replaced(Sent write, Moved earlier) {
        var doneAt = write.doneAt();
        return write.kind().equals("ABSOLUTE")
                && (doneAt == null || doneAt.plus(Exposures.CLOCKS).isAfter(earlier.made()));
    }

    /** It showed what it was to show, so that what had been sold by then was on sale once more. */
    private static boolean seenAfter(Sent write, Instant sale) {
        var verifiedAt = write.verifiedAt();
        return verifiedAt != null && !verifiedAt.isBefore(sale);
    }

    private void putBack(Moved release) {
        boolean news = release.at().isBefore(made.at().plus(CANCELLED));
        boolean shown = known(release.at()) && shownSince(release.at());
        if (news && !shown && !found(Cause.PUT_BACK)) {
            asides.add(finding(Cause.PUT_BACK, release, null));
        }
    }

    private void inDoubt() {
        if (!found(Cause.WRITE_IN_DOUBT)) {
            doubtful().ifPresent(write -> asides.add(finding(Cause.WRITE_IN_DOUBT, null, write)));
        }
    }

    private boolean found(Cause cause) {
        return findings.stream().anyMatch(it -> it.cause() == cause);
    }

    private Optional<Sent> doubtful() {
        return writes.stream()
                .filter(write -> write.doubtful()
                        && before(write.sentAt())
                        && write.sentAt().plus(LATE).isAfter(soldAt))
                .findFirst();
    }

    private boolean shownSince(Instant known) {
        return writes.stream().anyMatch(write -> {
            var verifiedAt = write.verifiedAt();
            return write.sentAt().isAfter(known) && verifiedAt != null && known(verifiedAt);
        });
    }

    /** Surely before the sale was made. */
    private boolean known(Instant at) {
        return !at.isAfter(soldAt.minus(Exposures.CLOCKS));
    }

    /** Perhaps before the sale was made. */
    private boolean before(Instant at) {
        return !at.isAfter(soldAt.plus(Exposures.CLOCKS));
    }

    private Finding finding(Cause cause, @Nullable Moved other, @Nullable Sent write) {
        return Finding.of(cause, soldAt, other, write);
    }
}
