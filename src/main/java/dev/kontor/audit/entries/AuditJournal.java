package dev.kontor.audit.entries;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

import tools.jackson.databind.json.JsonMapper;

import dev.kontor.audit.Act;
import dev.kontor.audit.Actor;
import dev.kontor.audit.AuditLog;
import dev.kontor.audit.Origin;
import dev.kontor.audit.PresentCaller;

/** Makes entries of what is told, signed before they reach the database. */
@Service
class AuditJournal implements AuditLog {

    private final AuditEntries entries;
    private final Signature signature;
    private final Optional<PresentCaller> caller;
    private final JsonMapper json;
    private final Clock clock;

    AuditJournal(
            AuditEntries entries, Signature signature, Optional<PresentCaller> caller, JsonMapper json, Clock clock) {
        this.entries = entries;
        this.signature = signature;
        this.caller = caller;
        this.json = json;
        this.clock = clock;
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void record(Act act) {
        add(List.of(act));
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void record(Collection<Act> acts) {
        add(acts);
    }

    @Override
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public void recordAtOnce(Act act) {
        add(List.of(act));
    }

    @Override
    public Origin origin() {
        return known(Origin.present());
    }

    private void add(Collection<Act> acts) {
        var made = acts.stream().map(this::entry).toList();
        entries.add(made, made.stream().map(signature::of).toList());
    }

    private AuditEntry entry(Act act) {
        var told = act.origin();
        var origin = known(told == null ? Origin.present() : told);
        var actor = Objects.requireNonNull(origin.actor());
        return new AuditEntry(
                UUID.randomUUID(),
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                actor.kind().name(),
                actor.id(),
                actor.name(),
                act.action(),
                act.objectType(),
                act.objectId(),
                text(act.before()),
                text(act.after()),
                origin.address(),
                origin.correlation());
    }

    private Origin known(Origin origin) {
        if (origin.actor() != null) {
            return origin;
        }
        var actor = caller.flatMap(PresentCaller::find).orElse(Actor.ANYBODY);
        return new Origin(actor, origin.address(), origin.correlation());
    }

    private @Nullable String text(Map<String, Object> fields) {
        return fields.isEmpty() ? null : json.writeValueAsString(fields);
    }
}
