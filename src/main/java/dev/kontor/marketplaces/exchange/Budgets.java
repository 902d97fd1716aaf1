package dev.kontor.marketplaces.exchange;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.stereotype.Component;

/** All rate budgets, and the bans that follow from using more than they permit. */
@Component
class Budgets {

    private final ExchangeProperties properties;
    private final TokenStore store;
    private final Bans bans;
    private final Slowdowns slowdowns;
    private final Clock clock;
    private final Map<String, LanedBudget> budgets = new ConcurrentHashMap<>();

    Budgets(ExchangeProperties properties, TokenStore store, Bans bans, Slowdowns slowdowns, Clock clock) {
        this.properties = properties;
        this.store = store;
        this.bans = bans;
        this.slowdowns = slowdowns;
        this.clock = clock;
    }

    /** Waits for the permission to call once. @return when to ask again where there is none; empty when there is */
    Optional<Instant> acquire(Call call) throws InterruptedException {
        var taken = new ArrayList<LanedBudget>();
        for (var budget : call.budgets()) {
            var key = key(call, budget);
            var banned = bans.until(key);
            if (banned.isPresent()) {
                taken.forEach(other -> other.tokens().giveBack());
                return banned;
            }
            var laned = budgets.computeIfAbsent(key, ignored -> open(key, limit(call, budget)));
            var wait = laned.acquire(call.lane(), properties.maxWait());
            if (wait > 0) {
                taken.forEach(other -> other.tokens().giveBack());
                return Optional.of(clock.instant().plus(Duration.ofNanos(wait)));
            }
            taken.add(laned);
        }
        return Optional.empty();
    }

    /** The marketplace asked for silence: nothing is sent out of these budgets until then, and less afterwards. */
    void ban(Call call, Instant until) {
        for (var budget : call.budgets()) {
            bans.add(key(call, budget), until);
            slowdowns.add(key(call, budget), until);
        }
    }

    /** The marketplace told how many calls are left. */
    void left(Call call, long left) {
        call.budgets().stream()
                .map(budget -> budgets.get(key(call, budget)))
                .filter(Objects::nonNull)
                .forEach(laned -> laned.tokens().atMost(left));
    }

    private LanedBudget open(String key, Limit limit) {
        var tokens = new PacedTokens(store.open(key, limit), () -> slowdowns.pace(key));
        return new LanedBudget(tokens, limit, Pacer.SYSTEM);
    }

    private Limit limit(Call call, Budget budget) {
        return properties
                .limits()
                .getOrDefault(call.marketplace().value(), Map.of())
                .getOrDefault(budget.name(), budget.limit());
    }

    private static String key(Call call, Budget budget) {
        return call.marketplace() + ":" + budget.name() + ":" + budget.owner();
    }
}
