package dev.kontor.orders.feed;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.Accounts;
import dev.kontor.accounts.Accounts.AccountView;
import dev.kontor.accounts.HintReceived;
import dev.kontor.accounts.Hints;
import dev.kontor.marketplaces.Lane;
import dev.kontor.marketplaces.OrderFeed.OrderChange;
import dev.kontor.marketplaces.Push.Subject;
import dev.kontor.orders.Source;
import dev.kontor.orders.archive.LastReadings;
import dev.kontor.orders.archive.LastReadings.LastReading;
import dev.kontor.orders.reading.OrderReader;
import dev.kontor.orders.reading.Readings;
import dev.kontor.privacy.Vault;

/** Reads the orders of hints, each once, and none that was read with the change in it. */
@Component
class HintedReading {

    private final Accounts accounts;
    private final LastReadings last;
    private final OrderReader reader;
    private final HintedWriter writer;
    private final Announcing announcing;
    private final Hints hints;
    private final Vault vault;

    HintedReading(
            Accounts accounts,
            LastReadings last,
            OrderReader reader,
            HintedWriter writer,
            Announcing announcing,
            Hints hints,
            Vault vault) {
        this.accounts = accounts;
        this.announcing = announcing;
        this.last = last;
        this.reader = reader;
        this.writer = writer;
        this.hints = hints;
        this.vault = vault;
    }

    /**
     * Keeps what the hints themselves say of sales.
     *
     * @return hints of orders that are still to be read
     */
    List<HintReceived> announce(AccountId account, List<HintReceived> events) {
        return accounts.find(account)
                .filter(AccountView::active)
                .map(active -> unannounced(active, events))
                .orElse(events);
    }

    void read(AccountId account, List<HintReceived> events) {
        accounts.find(account)
                .filter(AccountView::active)
                .ifPresentOrElse(
                        active -> read(active, unread(active, events)),
                        () -> hints.failed(deliveries(events), "the account is not active"));
    }

    /** Settles what tells of orders that are read elsewhere, but for those in which something is to be erased. */
    private List<HintReceived> unannounced(AccountView account, List<HintReceived> events) {
        var changes = events.stream().map(HintedReading::change).toList();
        var announced = announcing.take(account, changes, Source.HOOK);
        var heard = those(events, event -> announced.contains(order(event)) && !erasure(event));
        if (!heard.isEmpty()) {
            writer.settle(account, heard);
        }
        return those(events, event -> !heard.contains(event));
    }

    /** Hints with a sign have been announced before they come here. */
    private List<HintReceived> unread(AccountView account, List<HintReceived> events) {
        var unread = new ArrayList<>(those(events, event -> event.hint().sign() != null));
        unread.addAll(unannounced(account, those(events, event -> event.hint().sign() == null)));
        return unread;
    }

    private void read(AccountView account, List<HintReceived> events) {
        if (events.isEmpty()) {
            return;
        }
        var known = last.of(account.id(), orders(events));
        var stale = events.stream()
                .filter(event -> erasure(event) || !covered(event, known.get(order(event))))
                .map(HintedReading::order)
                .collect(Collectors.toSet());
        var readings = Readings.leavingOver(reader.read(account.id(), Lane.LIVE_ORDERS, stale));
        var open = stale.stream()
                .filter(order -> !readings.settled().contains(order))
                .collect(Collectors.toSet());
        writer.store(account, readings, those(events, event -> !open.contains(order(event)) && !erasure(event)));
        erase(account, those(events, event -> !open.contains(order(event)) && erasure(event)));
        if (readings.stoppedBy() != null) {
            var left = those(events, event -> open.contains(order(event)));
            hints.failed(deliveries(left), readings.stoppedBy().failure());
        }
    }

    /** One change is often told by several events, of which only the first needs a reading. */
    private static boolean covered(HintReceived event, @Nullable LastReading reading) {
        if (reading == null) {
            return false;
        }
        return !reading.asOf().isBefore(event.receivedAt())
                || reading.has(event.hint().changedAt());
    }

    /** What the marketplace erased is gone there; a copy must not outlive it. */
    private void erase(AccountView account, List<HintReceived> events) {
        if (!events.isEmpty()) {
            last.buyers(account.id(), orders(events)).forEach(vault::erase);
            writer.settle(account, events);
        }
    }

    private static boolean erasure(HintReceived event) {
        return event.hint().subject() == Subject.ERASURE;
    }

    private static List<HintReceived> those(List<HintReceived> events, Predicate<HintReceived> which) {
        return events.stream().filter(which).toList();
    }

    private static Collection<String> orders(List<HintReceived> events) {
        return events.stream().map(HintedReading::order).collect(Collectors.toSet());
    }

    static List<UUID> deliveries(List<HintReceived> events) {
        return events.stream().map(HintReceived::delivery).toList();
    }

    static String order(HintReceived event) {
        return String.valueOf(event.hint().about());
    }

    static OrderChange change(HintReceived event) {
        var hint = event.hint();
        return new OrderChange(hint.id(), order(event), hint.type(), hint.occurredAt(), hint.changedAt(), hint.sign());
    }
}
