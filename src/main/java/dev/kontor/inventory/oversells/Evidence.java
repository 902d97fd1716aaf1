package dev.kontor.inventory.oversells;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import dev.kontor.inventory.ListingId;
import dev.kontor.inventory.exposure.Exposures;
import dev.kontor.inventory.ledger.MovementKind;
import dev.kontor.inventory.oversells.Facts.Moved;
import dev.kontor.inventory.oversells.Facts.Sent;

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
    private final boolean active;
    private final Facts facts;
    private final List<Finding> findings = new ArrayList<>();

    /** @param writes to the listing, the newest first */
    Evidence(Instant soldAt, Moved made, @Nullable ListingId listing, List<Sent> writes, boolean active, Facts facts) {
        this.soldAt = soldAt;
        this.made = made;
        this.listing = listing;
        this.writes = writes;
        this.active = active;
        this.facts = facts;
    }

    /** By the movement itself. */
    List<Finding> takenAway() {
        findings.add(finding(Cause.TAKEN_AWAY, made, null));
        return findings;
    }

    /** @param moved the newest first */
    List<Finding> of(List<Moved> moved) {
        var sold = Objects.requireNonNull(listing);
        showedMore(sold);
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
                    takenAwayBefore(one, sold);
                } else if (here) {
                    overwritten(one);
                } else {
                    soldElsewhere(one, sold);
                }
            }
        }
        inDoubt();
        return findings;
    }

    /** More was sold since it was last seen to show what it was to show, and nothing was sent to it since. */
    private void showedMore(ListingId sold) {
        var last = writes.stream()
                .filter(write ->
                        write.verifiedAt() != null && write.verifiedAt().isBefore(soldAt))
                .findFirst()
                .orElse(null);
        var shown = last == null ? null : last.desired();
        var seenAt = last == null ? null : last.verifiedAt();
        var standing = facts.standing(sold).orElse(null);
        var verifiedAt = standing == null ? null : standing.verifiedAt();
        if (standing != null
                && verifiedAt != null
                && verifiedAt.isBefore(soldAt)
                && (seenAt == null || verifiedAt.isAfter(seenAt))) {
            shown = standing.verified();
            seenAt = verifiedAt;
        }
        if (shown == null || seenAt == null || sentAfter(last, seenAt)) {
            return;
        }
        long since = facts.sold(sold, seenAt.plus(Exposures.CLOCKS), soldAt);
        if (since > shown) {
            findings.add(finding(Cause.SHOWED_MORE, null, last, seenAt, shown, since));
        }
    }

    private boolean sentAfter(@Nullable Sent last, Instant seenAt) {
        return writes.stream()
                .filter(write -> !write.refused() && before(write.sentAt()))
                .anyMatch(write -> write.sentAt().isAfter(seenAt) || last != null && write.number() > last.number());
    }

    private void soldElsewhere(Moved other, ListingId sold) {
        var heardAt = other.heardAt() == null ? other.at() : other.heardAt();
        if (!known(heardAt)) {
            findings.add(finding(Cause.NOT_HEARD, other, null));
        } else if (!known(other.at())) {
            findings.add(finding(Cause.NOT_MATCHED, other, null));
        } else {
            notShown(other, sold);
        }
    }

    private void takenAwayBefore(Moved other, ListingId sold) {
        if (known(other.at())) {
            notShown(other, sold);
        } else {
            findings.add(finding(Cause.TAKEN_AWAY, other, null));
        }
    }

    /** It was known that there were fewer; buyers of this listing had not been seen to be shown so. */
    private void notShown(Moved other, ListingId sold) {
        if (shownSince(other.at())) {
            return;
        }
        var write = writes.reversed().stream()
                .filter(it -> it.sentAt().isAfter(other.at()) && !it.refused())
                .findFirst()
                .orElse(null);
        findings.add(finding(cause(write, sold), other, write));
    }

    private Cause cause(@Nullable Sent write, ListingId sold) {
        if (write != null && known(write.sentAt())) {
            var appliedAt = write.appliedAt();
            return appliedAt == null || !known(appliedAt) ? Cause.NOT_APPLIED : Cause.NOT_VERIFIED;
        }
        var standing = facts.standing(sold);
        if (standing.isPresent() && standing.get().observed()) {
            return Cause.OBSERVED;
        }
        if (standing.isPresent() && standing.get().held()) {
            return Cause.HELD;
        }
        return active ? Cause.NOT_WRITTEN : Cause.INACTIVE;
    }

    /** A plain number that was under way when the other unit was sold, and told of nobody had been. */
    private void overwritten(Moved other) {
        var placedAt = other.placedAt() == null ? other.at() : other.placedAt();
        var heardAt = other.heardAt() == null ? other.at() : other.heardAt();
        writes.stream()
                .filter(write -> write.kind().equals("ABSOLUTE") && !write.refused())
                .filter(write -> before(write.sentAt()) && write.sentAt().isBefore(heardAt))
                .filter(write -> {
                    var doneAt = write.doneAt();
                    return doneAt == null || doneAt.plus(Exposures.CLOCKS).isAfter(placedAt);
                })
                .findFirst()
                .ifPresent(write -> findings.add(finding(Cause.OVERWRITTEN, other, write)));
    }

    private void putBack(Moved release) {
        boolean news = release.at().isBefore(made.at().plus(CANCELLED));
        if (news && !(known(release.at()) && shownSince(release.at()))) {
            findings.add(finding(Cause.PUT_BACK, release, null));
        }
    }

    private void inDoubt() {
        writes.stream()
                .filter(write -> write.appliedAt() == null && write.verifiedAt() == null && !write.refused())
                .filter(write ->
                        before(write.sentAt()) && write.sentAt().plus(LATE).isAfter(soldAt))
                .findFirst()
                .ifPresent(write -> findings.add(finding(Cause.WRITE_IN_DOUBT, null, write)));
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
        var verifiedAt = write == null ? null : write.verifiedAt();
        return finding(cause, other, write, verifiedAt, write == null ? null : write.desired(), null);
    }

    private Finding finding(
            Cause cause,
            @Nullable Moved other,
            @Nullable Sent write,
            @Nullable Instant verifiedAt,
            @Nullable Long shown,
            @Nullable Long sold) {
        return new Finding(
                cause,
                soldAt,
                other == null ? null : other.order(),
                other == null ? null : other.account(),
                other == null ? null : other.placedAt(),
                heard(other),
                other == null ? null : other.number(),
                other == null ? null : other.at(),
                write == null ? null : write.number(),
                write == null ? null : write.sentAt(),
                write == null ? null : write.appliedAt(),
                verifiedAt,
                shown,
                sold,
                gap(cause, other, write));
    }

    private static @Nullable Instant heard(@Nullable Moved other) {
        if (other == null || other.order() == null) {
            return null;
        }
        return other.heardAt() == null ? other.at() : other.heardAt();
    }

    private static @Nullable Double gap(Cause cause, @Nullable Moved other, @Nullable Sent write) {
        if (other == null) {
            return null;
        }
        return switch (cause) {
            case NOT_HEARD -> seconds(other.placedAt(), heard(other));
            case NOT_MATCHED -> seconds(heard(other), other.at());
            case NOT_WRITTEN -> seconds(other.at(), write == null ? null : write.sentAt());
            case NOT_APPLIED -> seconds(other.at(), write == null ? null : write.appliedAt());
            case NOT_VERIFIED -> seconds(other.at(), write == null ? null : write.verifiedAt());
            case SHOWED_MORE,
                    OBSERVED,
                    INACTIVE,
                    HELD,
                    OVERWRITTEN,
                    PUT_BACK,
                    WRITE_IN_DOUBT,
                    TAKEN_AWAY,
                    UNEXPLAINED -> null;
        };
    }

    private static @Nullable Double seconds(@Nullable Instant from, @Nullable Instant to) {
        return from == null || to == null
                ? null
                : Math.max(0, Duration.between(from, to).toMillis()) / 1000.0;
    }
}
