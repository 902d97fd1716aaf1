package dev.kontor.privacy.keys;

import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

import dev.kontor.api.NotFound;
import dev.kontor.audit.Act;
import dev.kontor.audit.AuditLog;
import dev.kontor.privacy.KeySetRotated;

/** The key set for credentials as an administrator sees it: its keys without their secrets, and its rotation. */
@Service
public class CredentialKeySet {

    /**
     * @param primary whether it is the one that encrypts
     * @param needed by which table how often; of any but the primary key it goes down to nothing after a rotation
     */
    public record KeyInfo(
            String id, boolean primary, @Nullable Instant createdAt, Map<String, Long> needed) {}

    private final KeyFile<CredentialKeys> file;
    private final KeyChecks checks;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final KeySetUpkeep upkeep;
    private final AuditLog audit;

    CredentialKeySet(
            KeyFile<CredentialKeys> file,
            KeyChecks checks,
            ApplicationEventPublisher events,
            Clock clock,
            KeySetUpkeep upkeep,
            AuditLog audit) {
        this.audit = audit;
        this.file = file;
        this.checks = checks;
        this.events = events;
        this.clock = clock;
        this.upkeep = upkeep;
    }

    public List<KeyInfo> list() {
        var keys = file.latest();
        var needed = upkeep.uses();
        return keys.ids()
                .map(id -> new KeyInfo(
                        Integer.toUnsignedString(id),
                        id == keys.primary(),
                        keys.created().get(id),
                        needed.getOrDefault(id, Map.of())))
                .toList();
    }

    /** From now on a new key encrypts; all older ones still decrypt. */
    @Transactional
    public List<KeyInfo> rotate() {
        file.replace(this::rotated);
        announce();
        audit.record(Act.of("key-set.rotated", "key-set", "credentials")
                .label("primary", Integer.toUnsignedString(file.latest().primary())));
        return list();
    }

    /** Refused while anything needs it. */
    @Transactional
    public void remove(String id) {
        audit.record(Act.of("key-set.key-removed", "key-set", "credentials").label("key", id));
        upkeep.remove(number(id));
    }

    private static int number(String id) {
        try {
            return Integer.parseUnsignedInt(id);
        } catch (NumberFormatException e) {
            throw NotFound.of("key", id);
        }
    }

    /** Also at the start and by the upkeep's job, for a rotation after which Kontor was stopped before it could tell anybody. */
    @Transactional
    @EventListener(ApplicationReadyEvent.class)
    public void announce() {
        var primary = Integer.toUnsignedLong(file.latest().primary());
        var isFirst = checks.generation(CredentialKeys.NAME) == 0;
        if (checks.advance(CredentialKeys.NAME, primary) && !isFirst) {
            events.publishEvent(new KeySetRotated(clock.instant()));
        }
    }

    private CredentialKeys rotated(CredentialKeys keys) {
        try {
            return keys.rotated(clock.instant());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no new key could be made", e);
        }
    }
}
