package dev.kontor.inventory.desk;

import java.util.Optional;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import dev.kontor.accounts.AccountId;
import dev.kontor.inventory.PlanId;
import dev.kontor.inventory.StockDecisions;
import dev.kontor.inventory.plans.Plan;
import dev.kontor.inventory.plans.PlanDecision;
import dev.kontor.inventory.plans.Plans;
import dev.kontor.inventory.policies.Policies;
import dev.kontor.inventory.policies.Policies.StoredPolicy;
import dev.kontor.inventory.policies.PolicyChange;
import dev.kontor.inventory.policies.PolicyTarget;
import dev.kontor.inventory.policies.PolicyWish;

@Component
class DeskDecisions implements StockDecisions {

    private final Plans all;
    private final PlanDecision plans;
    private final Policies policies;
    private final PolicyChange change;

    DeskDecisions(Plans all, PlanDecision plans, Policies policies, PolicyChange change) {
        this.all = all;
        this.plans = plans;
        this.policies = policies;
        this.change = change;
    }

    @Override
    public Optional<Planned> find(PlanId id, int samples) {
        return all.find(id)
                .map(plan -> new Planned(
                        plan.cause() == Plan.Cause.SOURCE,
                        plan.state() == Plan.State.OPEN,
                        plan.listings(),
                        plan.held(),
                        all.listings(id, samples).stream()
                                .map(one -> new Sample(one.sku(), one.name(), one.shown(), one.planned()))
                                .toList()));
    }

    @Override
    public void approve(PlanId plan, String actor) {
        plans.approve(plan, actor, null);
    }

    @Override
    public void reject(PlanId plan, String actor) {
        plans.reject(plan, actor, null);
    }

    @Override
    @Transactional
    public void pause(AccountId account, boolean paused, String actor) {
        var target = PolicyTarget.of(account);
        var before = policies.find(target).map(StoredPolicy::wish).orElse(null);
        if (before == null && paused) {
            change.put(target, new PolicyWish(null, null, null, null, true), _ -> {}, actor);
        } else if (before != null && !Boolean.valueOf(paused).equals(before.paused())) {
            var wish = new PolicyWish(
                    before.strategy(), before.buffer(), before.minimum(), before.maximum(), paused ? true : null);
            if (wish.equals(new PolicyWish(null, null, null, null, null))) {
                change.delete(target, _ -> {});
            } else {
                change.put(target, wish, _ -> {}, actor);
            }
        }
    }
}
