package dev.kontor.inventory.plans;

import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import dev.kontor.accounts.AccountId;
import dev.kontor.api.Conflict;
import dev.kontor.api.NotFound;
import dev.kontor.audit.Act;
import dev.kontor.audit.AuditLog;
import dev.kontor.inventory.PlanDecided;
import dev.kontor.inventory.PlanId;
import dev.kontor.inventory.plans.Plan.State;

/** What a person says of a plan. Saying the same again changes nothing. */
@Component
public class PlanDecision {

    private final Plans plans;
    private final Statements statements;
    private final Zeroings zeroings;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final AuditLog audit;

    PlanDecision(
            Plans plans,
            Statements statements,
            Zeroings zeroings,
            ApplicationEventPublisher events,
            Clock clock,
            AuditLog audit) {
        this.audit = audit;
        this.plans = plans;
        this.statements = statements;
        this.zeroings = zeroings;
        this.events = events;
        this.clock = clock;
    }

    /** Also one that was rejected, as long as listings are kept as they are for its sake. */
    @Transactional
    public Plan approve(PlanId id, String actor, @Nullable String note) {
        var plan = locked(id);
        switch (plan.state()) {
            case APPROVED -> {}
            case OBSOLETE -> throw nothingLeft();
            case OPEN, REJECTED -> {
                var now = clock.instant();
                decide(plan, State.APPROVED, actor, note, now);
                plans.release(id, now);
                switch (plan.cause()) {
                    case SOURCE -> statements.believe(plan.subject());
                    case ZEROES -> zeroings.forget(new AccountId(UUID.fromString(plan.subject())));
                }
            }
        }
        return found(id);
    }

    /** The listings stay as they are until something else is said of their stock. */
    @Transactional
    public Plan reject(PlanId id, String actor, @Nullable String note) {
        var plan = locked(id);
        switch (plan.state()) {
            case REJECTED -> {}
            case OBSOLETE -> throw nothingLeft();
            case APPROVED -> throw new Conflict("plan-approved", "It was approved, and its zeroes may be out.");
            case OPEN -> decide(plan, State.REJECTED, actor, note, clock.instant());
        }
        return found(id);
    }

    private void decide(Plan plan, State state, String actor, @Nullable String note, Instant now) {
        plans.decide(plan.id(), state, actor, note, now);
        events.publishEvent(new PlanDecided(plan.id(), now));
        var act = Act.of("plan.decided", "plan", plan.id())
                .field("state", plan.state(), state)
                .field("cause", plan.cause());
        audit.record(note == null ? act : act.hidden("note"));
    }

    private Plan locked(PlanId id) {
        if (!plans.lock(id)) {
            throw NotFound.of("plan", id);
        }
        return found(id);
    }

    private Plan found(PlanId id) {
        return plans.find(id).orElseThrow();
    }

    private static Conflict nothingLeft() {
        return new Conflict("plan-obsolete", "Nothing of it is wanted any more.");
    }
}
