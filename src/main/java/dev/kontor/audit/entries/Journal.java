package dev.kontor.audit.entries;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

import tools.jackson.databind.json.JsonMapper;

import dev.kontor.audit.Actor;
import dev.kontor.audit.AuditLog;
import dev.kontor.audit.Change;
import dev.kontor.audit.Origin;
import dev.kontor.audit.PresentCaller;

/** Makes entries of what is told, signed before they reach the database. */
@Service
class Journal implements AuditLog {

    private final AuditEntries entries;
    private final Signature signature;
    private final Optional<PresentCaller> caller;
    private final JsonMapper json;
    private final Clock clock;

    Journal(
            AuditEntries entries,
            Signature signature,
            Optional<PresentCaller> caller,
            JsonMapper json,
            Clock clock) {
        this.entries = entries;
        this.signature = signature;
        this.caller = caller;
        this.json = json;
        this.clock = clock;
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void record(Change change) {
        add(change);
    }

    @Override
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public void recordAtOnce(Change change) {
        add(change);
    }

    private void add(Change change) {
        var origin = Origin.present();
        var actor = actor(origin);
        var entry = new AuditEntry(
                UUID.randomUUID(),
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                actor.kind().name(),
                actor.id(),
                actor.name(),
                change.action(),
                change.objectType(),
                change.objectId(),
                text(change.before()),
                text(change.after()),
                origin.address(),
                origin.correlation());
        entries.add(entry, signature.of(entry));
    }

    private Actor actor(Origin origin) {
        var known = origin.actor();
        return known != null ? known : caller.flatMap(PresentCaller::find).orElse(Actor.ANYBODY);
    }

    private @Nullable String text(Map<String, Object> fields) {
        return fields.isEmpty() ? null : json.writeValueAsString(fields);
    }
}
