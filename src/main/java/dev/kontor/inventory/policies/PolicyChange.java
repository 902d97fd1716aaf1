package dev.kontor.inventory.policies;

import java.time.Clock;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import dev.kontor.api.InvalidField;
import dev.kontor.audit.Act;
import dev.kontor.audit.AuditLog;
import dev.kontor.inventory.policies.Policies.StoredPolicy;

/** Says what holds from now on, and has the listings worked out again that it is about. */
@Component
public class PolicyChange {

    private final Policies policies;
    private final Clock clock;
    private final AuditLog audit;

    PolicyChange(Policies policies, Clock clock, AuditLog audit) {
        this.audit = audit;
        this.policies = policies;
        this.clock = clock;
    }

    /** @param seen refuses a version that the caller has not seen; empty where there is none */
    @Transactional
    public StoredPolicy put(PolicyTarget target, PolicyWish wish, Consumer<OptionalLong> seen, String actor) {
        if (wish.empty()) {
            throw new InvalidField(
                    "body", "must say something of strategy, buffer, minimum, maximum or paused; DELETE takes it away");
        }
        var problems = wish.problems();
        if (!problems.isEmpty()) {
            throw new InvalidField(problems);
        }
        var before = policies.lock(target);
        seen.accept(version(before.orElse(null)));
        if (before.isEmpty() || !before.get().wish().equals(wish)) {
            policies.save(target, wish, actor, clock.instant());
            policies.tellOfChange(target);
            audit.record(
                    told("policy.set", target, before.map(StoredPolicy::wish).orElse(PolicyWish.NOTHING), wish));
        }
        return policies.find(target).orElseThrow();
    }

    /** @return whether there was one */
    @Transactional
    public boolean delete(PolicyTarget target, Consumer<OptionalLong> seen) {
        var before = policies.lock(target);
        seen.accept(version(before.orElse(null)));
        if (before.isEmpty()) {
            return false;
        }
        policies.delete(target);
        policies.tellOfChange(target);
        audit.record(told("policy.taken-back", target, before.get().wish(), PolicyWish.NOTHING));
        return true;
    }

    private static Act told(String action, PolicyTarget target, PolicyWish was, PolicyWish is) {
        return Act.of(action, target.level().name().toLowerCase(Locale.ROOT) + "-policy", target.subject())
                .field("strategy", was.strategy(), is.strategy())
                .field("buffer", was.buffer(), is.buffer())
                .field("minimum", was.minimum(), is.minimum())
                .field("maximum", was.maximum(), is.maximum())
                .field("paused", was.paused(), is.paused());
    }

    private static OptionalLong version(@Nullable StoredPolicy stored) {
        return stored == null ? OptionalLong.empty() : OptionalLong.of(stored.version());
    }
}
