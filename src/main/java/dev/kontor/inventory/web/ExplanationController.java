package dev.kontor.inventory.web;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;

import dev.kontor.inventory.ledger.Explanations;
import dev.kontor.inventory.ledger.Explanations.Explanation;
import dev.kontor.inventory.ledger.Explanations.PresentTerm;
import dev.kontor.inventory.ledger.Explanations.ReservedTerm;
import dev.kontor.inventory.ledger.StockType;

@RestController
@RequestMapping("/api/v1/items/{sku}/explain")
@Tag(name = "Stock")
class ExplanationController {

    private final KnownItem items;
    private final Explanations explanations;
    private final Clock clock;

    ExplanationController(KnownItem items, Explanations explanations, Clock clock) {
        this.items = items;
        this.explanations = explanations;
        this.clock = clock;
    }

    @Schema(name = "StockExplanation")
    record ExplanationBody(String sku, Instant at, List<ExplainedPosition> positions) {}

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
            summary = "Explain what is there and what is spoken for, now or at an earlier moment",
            description =
                    "The terms add up to the numbers; movements are named by their numbers, reservations by order.")
    ExplanationBody explain(@PathVariable String sku, @RequestParam @Nullable Instant at) {
        var item = items.get(sku);
        var moment = at == null ? clock.instant() : at;
        return new ExplanationBody(
                item.sku(),
                moment,
                explanations.of(item.id(), moment).stream()
                        .map(ExplainedPosition::of)
                        .toList());
    }
}
