package dev.kontor.inventory.oversells;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Finds out why more was sold than is there, by what is on record. It is done apart from the movements, because a fault
 * here must not keep an order from being followed; and again for a day where nothing was found, because news may be late.
 */
@Component
public class Examination {

    private static final Logger log = LoggerFactory.getLogger(Examination.class);
    private static final int AT_ONCE = 100;
    private static final int MOST_FINDINGS = 20;
    private static final Duration PATIENCE = Duration.ofDays(1);
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final Oversells oversells;
    private final Facts facts;
    private final Clock clock;

    Examination(Oversells oversells, Facts facts, Clock clock) {
        this.oversells = oversells;
        this.facts = facts;
        this.clock = clock;
    }

    /** As it is on record at the moment; nothing is stored. @return what says most first, none where nothing explains it */
    public List<Finding> of(Oversell oversell) {
        var listing = oversell.listing();
        var moved = facts.movements(oversell);
        var made = moved.stream()
                .filter(it -> it.number() == oversell.movement())
                .findFirst()
                .orElseThrow();
        if (listing == null) { // an order's line without a listing is explained by nothing
            return made.order() == null ? new Evidence(made, null, List.of(), facts).takenAway() : List.of();
        }
        return new Evidence(made, listing, facts.writes(listing, made.at()), facts)
                .of(moved).stream().limit(MOST_FINDINGS).toList();
    }

    /** Explains those that were not explained yet. @return how many were looked at */
    public int examine() {
        var now = clock.instant();
        var found = oversells.unexplained(now.minus(PATIENCE), now.minus(PAUSE), AT_ONCE);
        for (var oversell : found) {
            try {
                examine(oversell, now);
            } catch (RuntimeException e) { // the others must not wait for it
                log.error("Oversell {} cannot be examined at the moment", oversell.id(), e);
            }
        }
        return found.size();
    }

    private void examine(Oversell oversell, Instant now) {
        var findings = of(oversell);
        var cause = findings.isEmpty() ? Cause.UNEXPLAINED : findings.getFirst().cause();
        if (cause == Cause.UNEXPLAINED && oversell.cause() == null) {
            log.warn(
                    "{} units of item {} are sold and not there, and nothing on record explains it: oversell {}",
                    oversell.units(),
                    oversell.stock().item(),
                    oversell.id());
        }
        oversells.explain(oversell.id(), cause, findings, now);
    }
}
