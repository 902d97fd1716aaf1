package dev.kontor.inventory.ledger;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import dev.kontor.inventory.StockChanged;
import dev.kontor.inventory.ledger.LedgerRows.Opened;
import dev.kontor.inventory.plans.Statements;
import dev.kontor.inventory.plans.Statements.Statement;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;

/**
 * Writes movements and the positions that they add up to, together. Whoever posts holds the locks of all positions that he
 * moves, taken in one order; what makes the ledger right without any lock is that a position's movements are numbered.
 */
@Component
public class Ledger {

    private static final Set<MovementKind> SAID = EnumSet.of(MovementKind.COUNT, MovementKind.IMPORT);

    private final LedgerRows rows;
    private final Statements statements;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Ledger(LedgerRows rows, Statements statements, ApplicationEventPublisher events, Clock clock) {
        this.rows = rows;
        this.statements = statements;
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
        if (entries.stream().anyMatch(it -> SAID.contains(it.kind()) || it.change() instanceof Entry.Change.First)) {
            rows.counted(opened.balances().values()).forEach(Balance::wasCounted);
        }
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
            remember(posted, opened, now);
            forget(opened.balances().values());
            events.publishEvent(new StockChanged(written, now));
            tellShortages(opened.balances().values(), now);
        }
        return posted;
    }

    private void tellShortages(Collection<Balance> balances, Instant now) {
        var shortages = balances.stream()
                .map(Balance::shortage)
                .filter(Objects::nonNull)
                .toList();
        if (!shortages.isEmpty()) {
            events.publishEvent(new ShortageChanged(shortages, now));
        }
    }

    /** What was said of how many there are, for whoever has to believe it. */
    private void remember(List<Posted> posted, Opened opened, Instant now) {
        var said = posted.stream()
                .flatMap(it -> it instanceof Posted.Written(var movement) ? Stream.of(movement) : Stream.empty())
                .filter(it -> SAID.contains(it.kind()))
                .map(it -> new Statement(
                        it.cause().actor(),
                        it.stock().item(),
                        it.presentAfter() - it.present(),
                        it.presentAfter(),
                        opened.balance(it.stock()).first(it)))
                .toList();
        if (!said.isEmpty()) {
            statements.add(said, now);
        }
    }

    /** What is not to be believed any more of that. */
    private void forget(Collection<Balance> balances) {
        var corrections = balances.stream()
                .flatMap(balance -> balance.added().stream())
                .filter(it -> it.kind() == MovementKind.CORRECTION)
                .collect(groupingBy(it -> it.stock().item(), summingLong(Movement::present)));
        if (!corrections.isEmpty()) {
            statements.corrected(corrections);
        }
    }
}
