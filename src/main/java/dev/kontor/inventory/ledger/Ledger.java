package dev.kontor.inventory.ledger;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Stream;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import dev.kontor.inventory.StockChanged;

/**
 * Writes movements and the positions that they add up to, together. Whoever posts holds the locks of all positions that he
 * moves, taken in one order; what makes the ledger right without any lock is that a position's movements are numbered.
 */
@Component
public class Ledger {

    private final LedgerRows rows;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Ledger(LedgerRows rows, ApplicationEventPublisher events, Clock clock) {
        this.rows = rows;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Joins the caller's transaction, where there is one.
     *
     * @return what became of each entry, in their order
     * @throws org.springframework.dao.DuplicateKeyException where somebody else posted a key for another position at the
     *     same moment; once more, and it is {@link Posted.Repeated}
     */
    @Transactional
    public List<Posted> post(List<Entry> entries) {
        if (entries.isEmpty()) {
            return List.of();
        }
        var opened = rows.open(
                entries.stream().map(Entry::at).distinct().sorted(StockAt.ORDER).toList(),
                entries.stream().map(Entry::key).distinct().toList());
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var known = new HashMap<>(opened.known());
        var posted = new ArrayList<Posted>(entries.size());
        for (var entry : entries) {
            var before = known.get(entry.key());
            var outcome = before != null
                    ? new Posted.Repeated(before)
                    : opened.balance(entry.at()).post(entry, now);
            if (outcome instanceof Posted.Written(var movement)) {
                known.put(entry.key(), movement);
            }
            posted.add(outcome);
        }
        var written = posted.stream()
                .flatMap(it -> it instanceof Posted.Written(var movement)
                        ? Stream.of(movement.stock().item())
                        : Stream.empty())
                .distinct()
                .toList();
        if (!written.isEmpty()) {
            rows.close(opened.balances().values());
            events.publishEvent(new StockChanged(written, now));
        }
        return posted;
    }
}
