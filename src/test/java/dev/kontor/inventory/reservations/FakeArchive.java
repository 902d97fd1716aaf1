package dev.kontor.inventory.reservations;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.kontor.accounts.AccountId;
import dev.kontor.orders.OrderId;
import dev.kontor.orders.OrderView;
import dev.kontor.orders.Orders;

/** An archive in memory that a simulation changes as it likes. */
class FakeArchive implements Orders {

    private final Map<OrderId, OrderView> orders = new ConcurrentHashMap<>();
    private final Map<String, Set<OrderId>> byLine = new ConcurrentHashMap<>();

    void put(OrderView order) {
        order.lines()
                .forEach(line -> byLine.computeIfAbsent(line.externalId(), it -> ConcurrentHashMap.newKeySet())
                        .add(order.id()));
        orders.put(order.id(), order);
    }

    OrderView get(OrderId id) {
        return Objects.requireNonNull(orders.get(id));
    }

    Collection<OrderView> all() {
        return orders.values();
    }

    @Override
    public List<OrderView> find(Collection<OrderId> wanted) {
        return wanted.stream().map(orders::get).filter(Objects::nonNull).toList();
    }

    @Override
    public List<OrderView> withLines(AccountId account, Collection<String> lines) {
        return lines.stream()
                .flatMap(line -> byLine.getOrDefault(line, Set.of()).stream())
                .distinct()
                .map(orders::get)
                .filter(order -> order.account().equals(account))
                .toList();
    }

    @Override
    public List<OrderView> placedSince(AccountId account, Instant since, OrderView after, int limit) {
        return orders.values().stream()
                .filter(order -> order.account().equals(account))
                .filter(order -> !order.placedAt().isBefore(since))
                .filter(order -> after == null || ORDER.compare(order, after) > 0)
                .sorted(ORDER)
                .limit(limit)
                .toList();
    }

    /** All that is there is known. */
    @Override
    public Optional<Instant> watermark(AccountId account) {
        return Optional.of(Instant.MAX);
    }

    private static final Comparator<OrderView> ORDER = Comparator.comparing(OrderView::placedAt)
            .thenComparing(order -> order.id().toString());
}
