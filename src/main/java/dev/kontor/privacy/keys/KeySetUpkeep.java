package dev.kontor.privacy.keys;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.modulith.events.ApplicationModuleListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;

import dev.kontor.access.SealedColumn;
import dev.kontor.api.Conflict;
import dev.kontor.api.NotFound;
import dev.kontor.privacy.KeySetRotated;

/**
 * What follows a rotation of the key set for credentials: everything is sealed again in the background, and a key that
 * nothing needs any more can be removed. How far that is, the sealed columns themselves say, so there is nothing that a
 * crash could make wrong.
 */
@Component
public class KeySetUpkeep {

    private static final Logger log = LoggerFactory.getLogger(KeySetUpkeep.class);

    /** After a rotation another instance may seal with the former key for a second, and commit it some time later. */
    static final Duration UNTIL_UNUSED = Duration.ofMinutes(15);

    private final List<SealedColumn> columns;
    private final SealedColumns sealed;
    private final KeyFile<CredentialKeys> file;
    private final KeyChecks checks;
    private final Clock clock;

    KeySetUpkeep(
            List<SealedColumn> columns,
            SealedColumns sealed,
            KeyFile<CredentialKeys> file,
            KeyChecks checks,
            Clock clock) {
        this.columns = columns;
        this.sealed = sealed;
        this.file = file;
        this.checks = checks;
        this.clock = clock;
    }

    @ApplicationModuleListener(propagation = Propagation.NOT_SUPPORTED)
    void on(KeySetRotated event) {
        sealAgain();
    }

    /** Whatever an older key than the one in use sealed. */
    void sealAgain() {
        var primary = file.latest().primary();
        for (var column : columns) {
            if (sealed.uses(column).keySet().stream().anyMatch(key -> key != primary)) {
                log.info("Sealed {} rows of {} with the new key", sealed.sealAgain(column), column.name());
            }
        }
    }

    /** By key, where it is needed still and how often. */
    public Map<Integer, Map<String, Long>> uses() {
        var uses = new TreeMap<Integer, Map<String, Long>>();
        columns.forEach(column -> sealed.uses(column)
                .forEach((key, count) ->
                        uses.computeIfAbsent(key, _ -> new TreeMap<>()).put(column.name(), count)));
        return uses;
    }

    /** Nothing is opened with it any more; a copy of the database from before its replacement cannot be used again. */
    void remove(int id) {
        file.replace(keys -> {
            if (!keys.has(id)) {
                throw NotFound.of("key", Integer.toUnsignedString(id));
            }
            refuseWhereNeeded(keys, id);
            return keys.without(id);
        });
    }

    private void refuseWhereNeeded(CredentialKeys keys, int id) {
        if (id == keys.primary() || id == (int) checks.generation(CredentialKeys.NAME)) { // what Kontor starts with
            throw new Conflict("key-in-use", "It is the key that encrypts; rotate the key set first.");
        }
        var unused = replacedAt(keys).plus(UNTIL_UNUSED);
        if (clock.instant().isBefore(unused)) {
            throw new Conflict("key-in-use", "It was replaced only just; it can be removed from " + unused + " on.");
        }
        var uses = uses().get(id);
        if (uses != null) {
            throw new Conflict("key-in-use", "It is still needed in " + uses + ".");
        }
    }

    private static Instant replacedAt(CredentialKeys keys) {
        return keys.created().getOrDefault(keys.primary(), Instant.EPOCH);
    }
}
