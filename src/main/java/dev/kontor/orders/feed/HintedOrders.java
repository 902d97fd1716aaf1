package dev.kontor.orders.feed;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.HintReceived;
import dev.kontor.marketplaces.Push.Subject;

/**
 * Has orders read of which marketplaces tell. One change is often told several times within a moment, and a sale comes
 * seldom alone: what comes while an account's orders are being read waits and is read together. What is forgotten here,
 * because Kontor ends, is announced again.
 */
@Component
class HintedOrders implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(HintedOrders.class);
    private static final int PORTION = 50;

    /** Of an account; what comes above it is announced again later. */
    private static final int MOST = 10_000;

    private final Map<AccountId, Map<UUID, HintReceived>> waiting = new HashMap<>();
    private final Set<AccountId> working = new HashSet<>();
    private final HintedReading reading;
    private boolean ended;

    HintedOrders(HintedReading reading) {
        this.reading = reading;
    }

    @TransactionalEventListener
    void on(HintReceived event) {
        var subject = event.hint().subject();
        if (subject == Subject.ORDER || subject == Subject.ERASURE) {
            take(event);
        }
    }

    private synchronized void take(HintReceived event) {
        var account = event.account();
        var mine = waiting.computeIfAbsent(account, ignored -> new LinkedHashMap<>());
        if (!ended && mine.size() < MOST) {
            mine.put(event.delivery(), event);
            if (working.add(account)) {
                Thread.ofVirtual().name("hinted-orders").start(() -> work(account));
            }
        }
    }

    private void work(AccountId account) {
        for (var portion = next(account); !portion.isEmpty(); portion = next(account)) {
            try {
                reading.read(account, portion);
            } catch (RuntimeException e) {
                log.warn("Orders of account {} that its marketplace told of are read again later", account, e);
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

    @Override
    public synchronized void destroy() {
        ended = true;
    }
}
