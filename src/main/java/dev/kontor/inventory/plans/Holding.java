package dev.kontor.inventory.plans;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

import dev.kontor.accounts.AccountId;
import dev.kontor.inventory.ListingId;
import dev.kontor.inventory.PlanDecided;
import dev.kontor.inventory.PlanId;
import dev.kontor.inventory.PlanOpened;
import dev.kontor.inventory.plans.Plan.Cause;
import dev.kontor.inventory.plans.Plans.Held;

import static java.util.stream.Collectors.groupingBy;

/** Looks at changes before they go out, and keeps back those that are too many to be meant. */
@Component
public class Holding {

    private final Plans plans;
    private final Doubts doubts;
    private final Zeroings zeroings;
    private final PlanProperties properties;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Holding(
            Plans plans,
            Doubts doubts,
            Zeroings zeroings,
            PlanProperties properties,
            ApplicationEventPublisher events,
            Clock clock) {
        this.plans = plans;
        this.doubts = doubts;
        this.zeroings = zeroings;
        this.properties = properties;
        this.events = events;
        this.clock = clock;
    }

    /**
     * That a listing is to show something else.
     *
     * @param shown how many it shows, as far as is known
     * @param cautious what it would show if nobody had said what is doubted; null where nothing is, or nothing was said before
     * @param sold whether a sale took the last; such a zero is never kept back
     * @param held the plan that keeps it back already
     */
    public record Change(
            ListingId listing,
            AccountId account,
            long shown,
            long desired,
            @Nullable Long cautious,
            boolean sold,
            @Nullable PlanId held) {

        private boolean takesAway() {
            return desired == 0 && shown > 0;
        }

        private boolean takesAwayUnsold() {
            return takesAway() && !sold;
        }

        private boolean doubtful() {
            return cautious != null && desired != cautious;
        }

        private boolean soldOut() {
            return sold && desired == 0;
        }

        private boolean matters() {
            return takesAwayUnsold() || doubtful() && desired != shown && !soldOut();
        }

        /** What the doubted counts made zero stays, whoever buys; what a sale makes zero now does not. */
        private boolean stays(Held before) {
            if (soldOut() && before.planned() > 0) {
                return false;
            }
            return before.cause() == Cause.SOURCE && cautious != null ? doubtful() : takesAway();
        }
    }

    /**
     * Asked for all changes of a transaction at once, after its other locks were taken, and again whenever what a held
     * listing should show was worked out anew, also where that came to the same.
     *
     * @return the plans that keep listings back from now on; all others may be told, and are held no longer
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Map<ListingId, PlanId> examine(Collection<Change> changes) {
        var concerned =
                changes.stream().filter(it -> it.held() != null || it.matters()).toList();
        if (concerned.isEmpty()) {
            return Map.of();
        }
        plans.lock(concerned.stream().map(Change::account).toList());
        var now = clock.instant();
        var held = new HashMap<ListingId, PlanId>();
        var anew = new ArrayList<>(keep(concerned, held, now));
        doubt(anew, held, now);
        anew.removeIf(it -> held.containsKey(it.listing()) || !it.takesAwayUnsold());
        new TreeMap<>(anew.stream().collect(groupingBy(it -> it.account().toString())))
                .values()
                .forEach(account -> count(account.getFirst().account(), account, held, now));
        return held;
    }

    /** Those that are held stay so until somebody decides or counts again, or the same would be shown either way. */
    private List<Change> keep(List<Change> changes, Map<ListingId, PlanId> held, Instant now) {
        var known = changes.stream().filter(it -> it.held() != null).toList();
        if (known.isEmpty()) {
            return changes;
        }
        var holds = plans.holds(known.stream().map(Change::listing).toList());
        var kept = new ArrayList<Change>();
        var withdrawn = new ArrayList<ListingId>();
        for (var change : known) {
            var before = holds.get(change.listing());
            if (before != null && change.stays(before)) {
                held.put(change.listing(), before.plan());
                kept.add(change);
            } else {
                withdrawn.add(change.listing());
            }
        }
        plans.replan(kept);
        plans.withdraw(withdrawn, now).forEach(plan -> events.publishEvent(new PlanDecided(plan, now)));
        return changes.stream()
                .filter(it -> !held.containsKey(it.listing()) && it.matters())
                .toList();
    }

    private void doubt(List<Change> changes, Map<ListingId, PlanId> held, Instant now) {
        if (changes.isEmpty()) {
            return;
        }
        var sources = doubts.sources(changes.stream().map(Change::listing).toList(), now);
        var bySource = new TreeMap<String, List<Change>>();
        for (var change : changes) {
            var source = sources.get(change.listing());
            if (source != null && (change.cautious() == null || change.doubtful())) {
                bySource.computeIfAbsent(source, it -> new ArrayList<>()).add(change);
            }
        }
        bySource.forEach((source, doubtful) -> hold(Cause.SOURCE, source, null, doubtful, held, now));
    }

    private void count(AccountId account, List<Change> changes, Map<ListingId, PlanId> held, Instant now) {
        var zeroed = zeroings.since(account, now.minus(properties.window()));
        changes.forEach(it -> zeroed.add(it.listing()));
        if (properties.mass(zeroed.size(), () -> zeroings.listings(account))) {
            hold(Cause.ZEROES, account.toString(), account, changes, held, now);
        } else {
            zeroings.add(account, changes.stream().map(Change::listing).toList(), now);
        }
    }

    private void hold(
            Cause cause,
            String subject,
            @Nullable AccountId account,
            List<Change> changes,
            Map<ListingId, PlanId> held,
            Instant now) {
        var opened = plans.open(cause, subject, now);
        plans.add(opened.plan(), changes, now);
        changes.forEach(it -> held.put(it.listing(), opened.plan()));
        if (opened.fresh()) {
            events.publishEvent(new PlanOpened(opened.plan(), account, changes.size(), now));
        }
    }
}
