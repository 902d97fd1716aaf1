package dev.kontor.marketplaces;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import dev.kontor.marketplaces.OrderFeed.OrderChange;

/** The one seller of a {@link FakeMarketplace}: his orders, and the log of their changes. */
class FakeShop {

    record LoggedChange(long position, OrderChange change, boolean readable) {}

    private final Clock clock;
    private final TreeMap<String, FakeOrder> orders = new TreeMap<>();
    private final Set<String> malformed = new HashSet<>();
    private final List<LoggedChange> log = new ArrayList<>();
    private boolean silent;
    private long position;

    FakeShop(Clock clock) {
        this.clock = clock;
    }

    synchronized void fallSilent() {
        silent = true;
    }

    synchronized void put(FakeOrder order) {
        orders.put(order.id(), order);
    }

    synchronized FakeOrder revise(String id, UnaryOperator<FakeOrder> change) {
        var order = change.apply(get(id)).revised(clock.instant());
        orders.put(id, order);
        return order;
    }

    synchronized void remove(String id) {
        orders.remove(id);
    }

    synchronized void announce(String id, String type, boolean readable) {
        position++;
        var now = clock.instant();
        var sign = silent
                ? null
                : find(id).map(order -> FirstSign.of(order.read(now))).orElse(null);
        log.add(new LoggedChange(position, new OrderChange("change-" + position, id, type, now, sign), readable));
    }

    /** The last change once more, at a new position but with its old id. */
    synchronized void repeatLastChange() {
        position++;
        log.add(new LoggedChange(position, log.getLast().change(), true));
    }

    /** What a search finds after it was told: another event of the same change, with the order's own time of it. */
    synchronized void tellAgain(String id) {
        position++;
        var order = get(id);
        log.add(new LoggedChange(
                position,
                new OrderChange(
                        "search-" + position,
                        id,
                        "FOUND",
                        clock.instant(),
                        order.updatedAt(),
                        FirstSign.of(order.read(clock.instant()))),
                true));
    }

    synchronized void swapLastChanges() {
        var last = log.removeLast();
        var before = log.removeLast();
        log.add(new LoggedChange(before.position(), last.change(), last.readable()));
        log.add(new LoggedChange(last.position(), before.change(), before.readable()));
    }

    synchronized void forget(Duration age) {
        var oldest = clock.instant().minus(age);
        log.removeIf(logged -> logged.change().occurredAt().isBefore(oldest));
    }

    synchronized void malform(String id, boolean broken) {
        if (broken) {
            malformed.add(id);
        } else {
            malformed.remove(id);
        }
    }

    synchronized boolean readable(String id) {
        return !malformed.contains(id);
    }

    synchronized List<LoggedChange> after(long seen, int limit) {
        return log.stream()
                .filter(logged -> logged.position() > seen)
                .limit(limit)
                .toList();
    }

    synchronized @Nullable LoggedChange last() {
        return log.isEmpty() ? null : log.getLast();
    }

    synchronized Optional<FakeOrder> find(String id) {
        return Optional.ofNullable(orders.get(id));
    }

    private FakeOrder get(String id) {
        return find(id).orElseThrow(() -> new IllegalArgumentException("no order " + id));
    }

    synchronized List<FakeOrder> all() {
        return List.copyOf(orders.values());
    }

    /** Oldest first; ties by id, so that a position in the list can be named by both. */
    synchronized List<FakeOrder> placedWithin(Instant from, Instant to) {
        return orders.values().stream()
                .filter(order ->
                        !order.placedAt().isBefore(from) && order.placedAt().isBefore(to))
                .sorted(Comparator.comparing(FakeOrder::placedAt).thenComparing(FakeOrder::id))
                .toList();
    }
}
