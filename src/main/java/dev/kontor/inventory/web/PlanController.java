package dev.kontor.inventory.web;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;

import dev.kontor.access.Caller;
import dev.kontor.api.Area;
import dev.kontor.api.Guarded;
import dev.kontor.api.NotFound;
import dev.kontor.api.Page;
import dev.kontor.api.PageQuery;
import dev.kontor.inventory.PlanId;
import dev.kontor.inventory.plans.Plan;
import dev.kontor.inventory.plans.Plan.Cause;
import dev.kontor.inventory.plans.Plan.State;
import dev.kontor.inventory.plans.PlanDecision;
import dev.kontor.inventory.plans.Plans;
import dev.kontor.inventory.plans.Plans.Waiting;

@RestController
@RequestMapping("/api/v1/plans")
@Guarded(Area.INVENTORY)
@Tag(name = "Plans")
class PlanController {

    private static final int SAMPLES = 20;

    private final Plans plans;
    private final PlanDecision decision;

    PlanController(Plans plans, PlanDecision decision) {
        this.plans = plans;
        this.decision = decision;
    }

    /**
     * @param subject id of the account, or the user, key or part of Kontor whose counts jump
     * @param explanation the cause in a sentence
     * @param listings how many would have shown something else
     * @param held how many of them still wait, for the plan's sake
     */
    @Schema(name = "Plan")
    record PlanBody(
            UUID id,
            Cause cause,
            String subject,
            String explanation,
            State state,
            long listings,
            long held,
            Instant openedAt,
            @Nullable String decidedBy,
            @Nullable Instant decidedAt,
            @Nullable String note,

            @Schema(description = "Some of the listings, those that showed most first; only of a single plan") @Nullable
            List<SampleBody> samples) {

        static PlanBody of(Plan plan, @Nullable List<SampleBody> samples) {
            return new PlanBody(
                    plan.id().value(),
                    plan.cause(),
                    plan.subject(),
                    explanation(plan.cause()),
                    plan.state(),
                    plan.listings(),
                    plan.held(),
                    plan.openedAt(),
                    plan.decidedBy(),
                    plan.decidedAt(),
                    plan.note(),
                    samples);
        }

        private static String explanation(Cause cause) {
            return switch (cause) {
                case ZEROES ->
                    "Too large a part of the account's listings would show nothing, and not because of sales.";
                case SOURCE -> "Of what this source counted, too much is too far from what was there.";
            };
        }
    }

    /**
     * @param shown how many it showed when it was held
     * @param planned how many it would show
     */
    @Schema(name = "PlannedListing")
    record SampleBody(
            UUID listing,
            UUID account,
            @Nullable String sku,
            String name,
            long shown,
            long planned,
            boolean held,
            Instant at) {

        static SampleBody of(Waiting waiting) {
            return new SampleBody(
                    waiting.listing().value(),
                    waiting.account().value(),
                    waiting.sku(),
                    waiting.name(),
                    waiting.shown(),
                    waiting.planned(),
                    waiting.held(),
                    waiting.at());
        }
    }

    @GetMapping
    @Operation(
            summary = "List mass changes that wait for a person, or have waited, the oldest first",
            description = "What sales lower is never among them.")
    Page<PlanBody> list(@RequestParam @Nullable State state, PageQuery page) {
        var after = page.after(Plans.Position.class).orElse(null);
        var found = plans.list(new Plans.Filter(state), after, page.limit() + 1);
        return Page.cut(found, page, Plans.Position::of).map(plan -> PlanBody.of(plan, null));
    }

    @GetMapping("/{id}")
    @Operation(summary = "Get one plan, with samples of what it is about")
    PlanBody get(@PathVariable UUID id) {
        return whole(plans.find(new PlanId(id)).orElseThrow(() -> NotFound.of("plan", id)));
    }

    @Schema(name = "PlanDecision")
    record DecisionBody(
            @Schema(description = "Why, for whoever asks later") @Nullable @Size(max = 500)
            String note) {}

    @PostMapping("/{id}/approve")
    @Operation(
            summary = "Let the listings show what was planned",
            description = "Also of a plan that was rejected before. Saying it again changes nothing.")
    PlanBody approve(
            @PathVariable UUID id, @Valid @RequestBody(required = false) @Nullable DecisionBody body, Caller caller) {
        return whole(decision.approve(new PlanId(id), caller.actor(), note(body)));
    }

    @PostMapping("/{id}/reject")
    @Operation(
            summary = "Keep the listings as they are",
            description =
                    "Until the goods are counted again; zeroes also until something makes them show more than nothing."
                            + " Where a source is not believed, sales and deliveries go on from what was there before.")
    PlanBody reject(
            @PathVariable UUID id, @Valid @RequestBody(required = false) @Nullable DecisionBody body, Caller caller) {
        return whole(decision.reject(new PlanId(id), caller.actor(), note(body)));
    }

    private static @Nullable String note(@Nullable DecisionBody body) {
        return body == null ? null : body.note();
    }

    private PlanBody whole(Plan plan) {
        return PlanBody.of(
                plan,
                plans.listings(plan.id(), SAMPLES).stream().map(SampleBody::of).toList());
    }
}
