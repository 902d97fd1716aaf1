package dev.kontor.marketplaces.exchange;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** All rate budgets, and the bans that follow from using more than they permit. */
@Component
class Budgets {

    private static final Logger log = LoggerFactory.getLogger(Budgets.class);

    /** Marketplaces round what they tell. */
    private static final double SAME = 0.02;

    private final ExchangeProperties properties;
    private final TokenStore store;
    private final Bans bans;
    private final Slowdowns slowdowns;
    private final Clock clock;
    private final Map<String, LanedBudget> budgets = new ConcurrentHashMap<>();
    private final Map<String, Double> paces = new ConcurrentHashMap<>();

    Budgets(ExchangeProperties properties, TokenStore store, Bans bans, Slowdowns slowdowns, Clock clock) {
        this.properties = properties;
        this.store = store;
        this.bans = bans;
        this.slowdowns = slowdowns;
        this.clock = clock;
    }

    /** Waits for the permission to call once. @return when to ask again where there is none; empty when there is */
    Optional<Instant> acquire(Call call) throws InterruptedException {
        var taken = new ArrayList<Runnable>();
        for (var budget : call.budgets()) {
            var key = key(call, budget);
            var banned = bans.until(key);
            if (banned.isPresent()) {
                taken.forEach(Runnable::run);
                return banned;
            }
            var wait = budgets.computeIfAbsent(key, ignored -> open(key, limit(call, budget)))
                    .acquire(call.lane(), budget.cost(), properties.maxWait());
            if (wait > 0) {
                taken.forEach(Runnable::run);
                return Optional.of(clock.instant().plus(Duration.ofNanos(wait)));
            }
            taken.add(() -> opened(call, budget).ifPresent(it -> it.tokens().giveBack(budget.cost())));
        }
        return Optional.empty();
    }

    /**
     * The marketplace asked for silence: nothing is sent out of these budgets until then, and less afterwards. Where few
     * calls are permitted, none is left and the next one takes its time.
     */
    void ban(Call call, Instant until) {
        for (var budget : call.budgets()) {
            var key = key(call, budget);
            var limit = limit(call, budget);
            var next = clock.instant().plus(limit.oneMoreAfter());
            bans.add(key, limit.permitsFew() && next.isAfter(until) ? next : until);
            slowdowns.add(key, until);
            if (limit.permitsFew()) {
                opened(call, budget).ifPresent(laned -> laned.tokens().atMost(0));
            }
        }
    }

    /** The marketplace told how many calls a minute it permits now. */
    void pace(Call call, double perMinute) {
        for (var budget : call.budgets()) {
            var known = limit(call, budget).perMinute();
            if (Math.abs(known - perMinute) > known * SAME) {
                var key = key(call, budget);
                log.info(
                        "{} permits {} calls a minute, not {}",
                        key.substring(0, key.lastIndexOf(':')),
                        perMinute,
                        known);
                paces.put(key, perMinute);
                budgets.put(key, open(key, limit(call, budget)));
            }
        }
    }

    /** The marketplace told how many calls are left. */
    void left(Call call, long left) {
        call.budgets()
                .forEach(budget ->
                        opened(call, budget).ifPresent(laned -> laned.tokens().atMost(left)));
    }

    private Optional<LanedBudget> opened(Call call, Budget budget) {
        return Optional.ofNullable(budgets.get(key(call, budget)));
    }

    private LanedBudget open(String key, Limit limit) {
        var tokens = new PacedTokens(store.open(key, limit), () -> slowdowns.pace(key));
        return new LanedBudget(tokens, limit, Pacer.SYSTEM);
    }

    private Limit limit(Call call, Budget budget) {
        var declared = properties
                .limits()
                .getOrDefault(call.marketplace().value(), Map.of())
                .getOrDefault(budget.name(), budget.limit());
        var told = paces.get(key(call, budget));
        return told == null ? declared : declared.at(told);
    }

    private static String key(Call call, Budget budget) {
        return call.marketplace() + ":" + budget.name() + ":" + budget.owner();
    }
}
