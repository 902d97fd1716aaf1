package dev.kontor.sandbox.bazarek;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import dev.kontor.sandbox.world.Fault;

/** What is true about the shop: its orders, the log of their changes, and what there is of every offer. */
final class Shop {

    /** By then a write that was overtaken comes after all. */
    private static final Duration LATE = Duration.ofSeconds(90);

    record Change(int order, Instant at) {}

    private record Late(Instant at, Offer offer, int quantity) {}

    private final List<Sale> sales = new ArrayList<>();
    private final List<Change> log = new ArrayList<>();
    private final Map<String, Offer> offers = new LinkedHashMap<>();
    private final TreeMap<String, Integer> stock = new TreeMap<>();
    private final List<Late> late = new ArrayList<>();

    Shop(int listings, int orders, Instant now) {
        for (var number = 1; number <= listings; number++) {
            var offer = new Offer(number);
            offers.put(offer.id(), offer);
            stock.put(offer.id(), 5 + number);
        }
        for (var past = orders; past > 0; past--) {
            buy(now.minus(Duration.ofHours(3L * past)), null);
        }
    }

    synchronized Sale buy(Instant at, @Nullable Fault fault) {
        var offer = offers.values().stream().skip(sales.size() % offers.size()).findFirst();
        return sold(offer.orElseThrow(), 1 + sales.size() % 3, at, fault);
    }

    private Sale sold(Offer offer, int quantity, Instant at, @Nullable Fault fault) {
        var sale = new Sale(sales.size() + 1, at, offer, quantity, fault);
        sales.add(sale);
        var change = new Change(sale.number(), at);
        log.add(change);
        if (fault == Fault.DUPLICATE_EVENT) {
            log.add(change);
        }
        return sale;
    }

    /** The last change is told before the one that it followed. */
    synchronized void swapTheLastTwo() {
        var last = log.removeLast();
        log.add(log.size() - 1, last);
    }

    synchronized int sell(String listing, int wanted, Instant at) {
        settle(at);
        var sold = Math.min(wanted, stock.get(listing));
        if (sold > 0) {
            stock.merge(listing, -sold, Integer::sum);
            sold(offers.get(listing), sold, at, null);
        }
        return sold;
    }

    synchronized boolean show(String listing, int quantity, Instant at) {
        settle(at);
        return stock.computeIfPresent(listing, (id, before) -> quantity) != null;
    }

    synchronized void showLate(String listing, int quantity, Instant at) {
        late.add(new Late(at.plus(LATE), offers.get(listing), quantity));
    }

    private void settle(Instant now) {
        late.stream()
                .filter(it -> !it.at().isAfter(now))
                .forEach(it -> stock.put(it.offer().id(), it.quantity()));
        late.removeIf(it -> !it.at().isAfter(now));
    }

    synchronized Map<String, Integer> stock(Instant now) {
        settle(now);
        return new TreeMap<>(stock);
    }

    synchronized List<Offer> offers() {
        return List.copyOf(offers.values());
    }

    synchronized List<Change> log() {
        return List.copyOf(log);
    }

    /** Oldest first, and of one instant by their numbers. */
    synchronized List<Sale> sales() {
        return sales.stream()
                .sorted(Comparator.comparing(Sale::placedAt).thenComparing(Sale::number))
                .toList();
    }
}
