package dev.kontor.inventory.oversells;

import java.time.Clock;
import java.util.function.LongConsumer;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import dev.kontor.api.Conflict;
import dev.kontor.api.NotFound;
import dev.kontor.audit.Act;
import dev.kontor.audit.AuditLog;
import dev.kontor.inventory.OversellId;

/** A person accepts that something was oversold, and says what he makes of it. */
@Component
public class Acknowledgement {

    private final Oversells oversells;
    private final Clock clock;
    private final AuditLog audit;

    Acknowledgement(Oversells oversells, Clock clock, AuditLog audit) {
        this.audit = audit;
        this.oversells = oversells;
        this.clock = clock;
    }

    /**
     * Saying the same again changes nothing.
     *
     * @param seen refuses a version that the caller has not seen
     */
    @Transactional
    public Oversell acknowledge(OversellId id, String actor, String note, LongConsumer seen) {
        var oversell = oversells.lock(id).orElseThrow(() -> NotFound.of("oversell", id));
        if (oversell.acknowledgedAt() != null) {
            if (actor.equals(oversell.acknowledgedBy()) && note.equals(oversell.note())) {
                return oversell;
            }
            throw new Conflict("oversell-acknowledged", "Somebody has acknowledged it already, with a note.");
        }
        seen.accept(oversell.version());
        oversells.acknowledge(id, actor, note, clock.instant());
        audit.record(Act.of("oversell.acknowledged", "oversell", id)
                .field("acknowledged", false, true)
                .hidden("note"));
        return oversells.find(id).orElseThrow();
    }
}
