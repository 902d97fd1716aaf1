package dev.kontor.orders.feed;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.HintReceived;

/**
 * Works on an account's hints a portion at a time: what comes meanwhile waits and is worked on together. What is forgotten
 * here, because Kontor ends or too many wait, is announced again.
 */
class Gathered {

    private static final Logger log = LoggerFactory.getLogger(Gathered.class);
    private static final int PORTION = 50;

    /** Of an account. */
    private static final int MOST = 10_000;

    private final Map<AccountId, Map<UUID, HintReceived>> waiting = new HashMap<>();
    private final Set<AccountId> working = new HashSet<>();
    private final String name;
    private final BiConsumer<AccountId, List<HintReceived>> work;
    private boolean ended;

    Gathered(String name, BiConsumer<AccountId, List<HintReceived>> work) {
        this.name = name;
        this.work = work;
    }

    synchronized void take(HintReceived event) {
        var account = event.account();
        var mine = waiting.computeIfAbsent(account, ignored -> new LinkedHashMap<>());
        if (!ended && mine.size() < MOST) {
            mine.put(event.delivery(), event);
            if (working.add(account)) {
                Thread.ofVirtual().name(name).start(() -> work(account));
            }
        }
    }

    private void work(AccountId account) {
        for (var portion = next(account); !portion.isEmpty(); portion = next(account)) {
            try {
                work.accept(account, portion);
            } catch (RuntimeException e) {
                log.warn("{} of account {} are looked at again later", name, account, e);
            }
        }
    }

    private synchronized List<HintReceived> next(AccountId account) {
        var mine = ended ? new HashMap<UUID, HintReceived>() : waiting.getOrDefault(account, new HashMap<>());
        var portion = mine.values().stream().limit(PORTION).toList();
        portion.forEach(event -> mine.remove(event.delivery()));
        if (portion.isEmpty()) {
            working.remove(account);
            waiting.remove(account);
        }
        return portion;
    }

    synchronized void end() {
        ended = true;
    }
}
