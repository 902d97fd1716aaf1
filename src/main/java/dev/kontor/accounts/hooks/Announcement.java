package dev.kontor.accounts.hooks;

import java.time.Clock;
import java.util.Collection;
import java.util.UUID;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import dev.kontor.accounts.HintReceived;
import dev.kontor.accounts.Hints;
import dev.kontor.api.Conflict;
import dev.kontor.api.NotFound;
import dev.kontor.audit.Act;
import dev.kontor.audit.AuditLog;
import dev.kontor.marketplaces.Push.Subject;

/** Tells those who act on hints, as often as it takes, and hears what came of it. */
@Component
public class Announcement implements Hints {

    private final Deliveries deliveries;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final AuditLog audit;

    Announcement(Deliveries deliveries, ApplicationEventPublisher events, Clock clock, AuditLog audit) {
        this.audit = audit;
        this.deliveries = deliveries;
        this.events = events;
        this.clock = clock;
    }

    /** Joins the transaction that keeps it. */
    void announce(Delivery delivery) {
        events.publishEvent(
                delivery.hint().subject() == Subject.PERMISSION
                        ? new PermissionDoubted(delivery.id(), delivery.account())
                        : new HintReceived(delivery.id(), delivery.account(), delivery.hint(), delivery.receivedAt()));
    }

    @Transactional
    public void announceDue() {
        deliveries.due(clock.instant()).forEach(this::announce);
    }

    /** At once, whatever time was planned. */
    @Transactional
    public void retry(UUID id) {
        var known = deliveries.find(id).orElseThrow(() -> NotFound.of("delivery", id));
        if (!deliveries.again(id, clock.instant())) {
            throw new Conflict("nothing-to-retry", "The delivery is " + known.state() + ": nothing is left to do.");
        }
        audit.record(Act.of("delivery.retried", "delivery", id).field("state", known.state()));
        announceDue();
    }

    @Override
    @Transactional
    public void settled(Collection<UUID> ids) {
        deliveries.settle(ids, clock.instant());
    }

    @Override
    @Transactional
    public void failed(Collection<UUID> ids, String reason) {
        deliveries.fail(ids, reason);
    }
}
