package dev.kontor.inventory.publication;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

import dev.kontor.inventory.ListingId;
import dev.kontor.inventory.allocation.Share;
import dev.kontor.inventory.allocation.Step;
import dev.kontor.inventory.policies.PolicyPreview;
import dev.kontor.inventory.publication.Decisions.Decision;
import dev.kontor.inventory.publication.Writes.Write;

/** Takes the number that buyers are shown apart into what it is made of, now or at an earlier moment. */
@Component
public class ShownQuantities {

    private final Decisions decisions;
    private final Writes writes;
    private final Circumstances circumstances;
    private final PolicyPreview preview;
    private final Clock clock;

    ShownQuantities(
            Decisions decisions, Writes writes, Circumstances circumstances, PolicyPreview preview, Clock clock) {
        this.decisions = decisions;
        this.writes = writes;
        this.circumstances = circumstances;
        this.preview = preview;
        this.clock = clock;
    }

    /** @param soldSince how many are known to have been sold since */
    public record Sighting(long quantity, Instant at, long soldSince) {}

    /**
     * @param desired what it was to show, null where that was nobody's business
     * @param decidedAt since when
     * @param steps add up to {@code desired}
     * @param published what buyers were shown as far as is known, null where that is not known
     * @param seen from which that is known
     * @param differences that lead from {@code desired}, or from nothing, to {@code published}
     * @param written the last write that had been sent by then, and what came of it until today
     */
    public record ShownQuantity(
            @Nullable Long desired,
            @Nullable Instant decidedAt,
            List<Step> steps,
            @Nullable Long published,
            @Nullable Sighting seen,
            List<Difference> differences,
            @Nullable Write written) {}

    /** @param at null where now is meant */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public ShownQuantity of(ListingId listing, @Nullable Instant at) {
        var moment = at == null ? clock.instant() : at;
        var decision = decisions.of(listing, moment).orElse(null);
        var write = writes.lastAt(listing, moment).orElse(null);
        var known = circumstances
                .of(listing, moment, at == null, write == null ? null : write.sentAt())
                .orElseThrow();
        var separation = new Separation(decision, write, known, moment, at == null);
        return new ShownQuantity(
                decision == null ? null : decision.desired(),
                decision == null ? null : decision.at(),
                decision == null ? List.of() : at == null ? asThingsAre(listing, decision) : decision.steps(),
                separation.published(),
                separation.seen(),
                separation.differences(),
                write);
    }

    /** More may be there than when it was decided, and come to the same; where it comes to something else, that follows. */
    private List<Step> asThingsAre(ListingId listing, Decision decision) {
        return preview.now(listing)
                .filter(share -> Objects.equals(decision.desired(), (long) share.quantity()))
                .map(Share::steps)
                .orElse(decision.steps());
    }
}
