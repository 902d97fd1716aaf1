package dev.kontor.access.keys;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import jakarta.annotation.PreDestroy;

/**
 * Notes when each secret was used last, to the {@link #PRECISION}: further uses within it write nothing, and the address is
 * that of the use that was written. No request waits for that; all uses of a second are written together, and those of the
 * last second before a crash are not.
 */
@Component
class KeyUses {

    private static final Logger log = LoggerFactory.getLogger(KeyUses.class);
    static final Duration PRECISION = Duration.ofMinutes(1);
    private static final int MOST = 10_000;

    private final KeySecrets secrets;
    private final Clock clock;
    private final Cache<String, Instant> noted =
            Caffeine.newBuilder().maximumSize(MOST).build();
    private final Map<String, Use> unwritten = new ConcurrentHashMap<>();

    KeyUses(KeySecrets secrets, Clock clock) {
        this.secrets = secrets;
        this.clock = clock;
    }

    /** @param prefix of the secret */
    record Use(String prefix, Instant at, String remote) {}

    /** Of many at the same moment one is written. */
    void note(String prefix, String remote) {
        var now = clock.instant();
        var last = noted.getIfPresent(prefix);
        var first = last == null
                ? noted.asMap().putIfAbsent(prefix, now) == null
                : !last.isAfter(now.minus(PRECISION)) && noted.asMap().replace(prefix, last, now);
        if (first) {
            unwritten.put(prefix, new Use(prefix, now, remote));
        }
    }

    @Scheduled(fixedDelay = 1_000)
    @PreDestroy
    void write() {
        var uses = List.copyOf(unwritten.values());
        if (uses.isEmpty()) {
            return;
        }
        try {
            secrets.used(uses, PRECISION);
            uses.forEach(use -> unwritten.remove(use.prefix(), use));
        } catch (DataAccessException e) {
            log.debug("Uses of {} API keys are written later", uses.size(), e); // others say what ails the database
        }
    }
}
