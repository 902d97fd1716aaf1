package dev.kontor.inventory.web;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;

import dev.kontor.api.Area;
import dev.kontor.api.Guarded;
import dev.kontor.api.InvalidField;
import dev.kontor.api.NotFound;
import dev.kontor.inventory.ListingId;
import dev.kontor.inventory.items.Item;
import dev.kontor.inventory.ledger.Explanations;
import dev.kontor.inventory.ledger.Explanations.Explanation;
import dev.kontor.inventory.ledger.Explanations.PresentTerm;
import dev.kontor.inventory.ledger.Explanations.ReservedTerm;
import dev.kontor.inventory.ledger.StockType;
import dev.kontor.inventory.listings.Listings;
import dev.kontor.inventory.publication.ShownQuantities;
import dev.kontor.inventory.publication.Writes;
import dev.kontor.inventory.publication.Writes.Wanted;
import dev.kontor.inventory.web.WriteBody.TermBody;

@RestController
@RequestMapping("/api/v1/items/{sku}/explain")
@Guarded(Area.INVENTORY)
@Tag(name = "Stock")
class ExplanationController {

    private final KnownItem items;
    private final Explanations explanations;
    private final Listings listings;
    private final Writes writes;
    private final ShownQuantities shown;
    private final Clock clock;

    ExplanationController(
            KnownItem items,
            Explanations explanations,
            Listings listings,
            Writes writes,
            ShownQuantities shown,
            Clock clock) {
        this.shown = shown;
        this.items = items;
        this.explanations = explanations;
        this.listings = listings;
        this.writes = writes;
        this.clock = clock;
    }

    /** @param listing absent where none was asked for */
    @Schema(name = "StockExplanation")
    record ExplanationBody(
            @Schema(example = "CUP-BLUE") String sku,
            Instant at,
            List<ExplainedPosition> positions,
            @Nullable ExplainedListing listing) {}

    /**
     * @param desired what it was to show, absent where that was nobody's business
     * @param decidedAt since when
     * @param published what buyers were shown as far as is known: what was read last, less what is known to have been sold
     *     since; absent where nobody knows, which is not zero
     * @param seen what was read last by then
     * @param seenAt when
     * @param soldSince how many of it are known to have been sold since, by what is known today
     * @param terms add up to {@code published}. The first ones, AVAILABLE to OTHER_LISTINGS, add up to {@code desired}: of
     *     now as things are, of an earlier moment as they were when it was decided. The others are what separates the two.
     *     Where {@code published} is absent a term of 0 says why: NEVER_READ, NOT_RECORDED.
     * @param escrow whether the units were kept for it alone; told of now only
     * @param exposure the most units that it can still sell without Kontor knowing; told of now only
     * @param written the last write that had been sent by then, and what came of it until today
     */
    @Schema(name = "ExplainedListing")
    record ExplainedListing(
            UUID id,
            UUID account,
            @Schema(example = "14520187639") String externalId,
            @Nullable Integer unitsPerSale,
            @Schema(example = "0") @Nullable Long desired,
            @Nullable Instant decidedAt,
            @Schema(example = "50") @Nullable Long published,
            @Schema(example = "52") @Nullable Long seen,
            @Nullable Instant seenAt,
            @Schema(example = "2") @Nullable Long soldSince,

            @Schema(example = """
                            [{"kind": "AVAILABLE", "quantity": 0, "item": "0197a9c2-5c0e-7a44-9a55-0d1f6a3e2b10"},
                             {"kind": "HELD", "quantity": 50, "since": "2026-03-02T09:15:00Z",
                              "plan": "0197a9c4-11d8-7c1b-8f0e-6f6f0a0b9c77"}]""") List<TermBody> terms,

            @Nullable Boolean escrow,
            @Nullable Long exposure,
            @Nullable WriteBody written) {}

    /**
     * @param presentTerms add up to {@code present}
     * @param reservedTerms add up to {@code reserved}
     * @param available present less reserved
     */
    @Schema(name = "ExplainedPosition")
    record ExplainedPosition(
            UUID warehouse,
            StockType stockType,
            long present,
            long reserved,
            long available,
            long movements,
            List<PresentTerm> presentTerms,
            List<ReservedBody> reservedTerms) {

        static ExplainedPosition of(Explanation explanation) {
            return new ExplainedPosition(
                    explanation.stock().warehouse().value(),
                    explanation.stock().type(),
                    explanation.present(),
                    explanation.reserved(),
                    explanation.available(),
                    explanation.movements(),
                    explanation.presentTerms(),
                    explanation.reservedTerms().stream().map(ReservedBody::of).toList());
        }
    }

    /** @param movement number of the last movement that changed it */
    @Schema(name = "ReservedTerm")
    record ReservedBody(@Nullable UUID order, @Nullable String line, long quantity, long movement, Instant since) {

        static ReservedBody of(ReservedTerm term) {
            var order = term.order();
            return new ReservedBody(
                    order == null ? null : order.value(), term.line(), term.quantity(), term.last(), term.since());
        }
    }

    @GetMapping
    @Operation(
            summary =
                    "Explain what is there, what is spoken for, and what a listing shows, now or at an earlier moment",
            description =
                    "The terms add up to the numbers; movements are named by their numbers, reservations by order. What a"
                            + " listing was to show is explained by the policies' terms, and what buyers were shown by what"
                            + " separates the two: a plan that holds the change, a write under way, what is withheld, what"
                            + " was sold unheard or changed at the marketplace. Of an earlier moment that is told as far as"
                            + " it is on record.")
    ExplanationBody explain(
            @PathVariable String sku, @RequestParam @Nullable UUID listing, @RequestParam @Nullable Instant at) {
        var item = items.get(sku);
        var now = clock.instant();
        var moment = at == null ? now : at;
        return new ExplanationBody(
                item.sku(),
                moment,
                explanations.of(item.id(), moment).stream()
                        .map(ExplainedPosition::of)
                        .toList(),
                listing == null ? null : explained(item, listing, moment, at));
    }

    private ExplainedListing explained(Item item, UUID id, Instant moment, @Nullable Instant at) {
        var listing = listings.find(new ListingId(id)).orElseThrow(() -> NotFound.of("listing", id));
        var link = listing.link();
        if (link == null || !link.item().equals(item.id())) {
            throw new InvalidField("listing", "does not sell this item");
        }
        var quantity = shown.of(listing.id(), at);
        var seen = quantity.seen();
        var wanted = writes.wanted(listing.id()).filter(it -> decidedBy(it, moment));
        return new ExplainedListing(
                id,
                listing.account().value(),
                listing.externalId(),
                link.units(),
                quantity.desired(),
                quantity.decidedAt(),
                quantity.published(),
                seen == null ? null : seen.quantity(),
                seen == null ? null : seen.at(),
                seen == null ? null : seen.soldSince(),
                Stream.concat(
                                quantity.steps().stream().map(TermBody::of),
                                quantity.differences().stream().map(TermBody::of))
                        .toList(),
                wanted.map(Wanted::guarded).orElse(null),
                wanted.map(Wanted::exposure).orElse(null),
                quantity.written() == null ? null : WriteBody.of(quantity.written()));
    }

    /** What was decided later does not explain what was shown then. */
    private static boolean decidedBy(Wanted wanted, Instant moment) {
        var decided = wanted.desiredAt();
        return decided != null && !decided.isAfter(moment);
    }
}
