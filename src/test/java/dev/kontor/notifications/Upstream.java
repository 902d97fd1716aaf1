package dev.kontor.notifications;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import org.springframework.boot.test.context.TestConfiguration;

import tools.jackson.databind.JsonNode;

import dev.kontor.access.Caller;
import dev.kontor.access.Persons;
import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.Accounts.AccountView;
import dev.kontor.inventory.ItemId;
import dev.kontor.inventory.Skus;
import dev.kontor.inventory.UnfollowedOrders;
import dev.kontor.inventory.UnverifiedQuantities;
import dev.kontor.inventory.UnverifiedQuantities.Unverified;
import dev.kontor.operations.OrderSilence;
import dev.kontor.orders.Completeness;
import dev.kontor.orders.OrderDesk;
import dev.kontor.orders.OrderDesk.Figures;
import dev.kontor.orders.OrderFlow;
import dev.kontor.orders.OrderId;
import dev.kontor.orders.OrderView;
import dev.kontor.orders.Orders;
import dev.kontor.orders.PersonalFields;
import dev.kontor.orders.RunningLoops;

/** What other modules would answer, as the test says. */
@TestConfiguration(proxyBeanMethods = false)
public class Upstream
        implements Completeness,
                RunningLoops,
                UnverifiedQuantities,
                UnfollowedOrders,
                Skus,
                Orders,
                OrderDesk,
                OrderFlow,
                OrderSilence,
                PersonalFields,
                Persons {

    public final Map<AccountId, Instant> feedsReadAt = new ConcurrentHashMap<>();
    public final Map<AccountId, Finding> findings = new ConcurrentHashMap<>();

    public final List<Unfollowed> unfollowed = new CopyOnWriteArrayList<>();

    private record Since(AccountId account, Instant at) {}

    public final Map<AccountId, List<LocalDate>> gaps = new ConcurrentHashMap<>();
    public final Map<AccountId, Map<String, Duration>> loops = new ConcurrentHashMap<>();
    public final Map<ItemId, String> skus = new ConcurrentHashMap<>();
    public final Map<OrderId, OrderView> orders = new ConcurrentHashMap<>();
    public final Map<UUID, Caller> persons = new ConcurrentHashMap<>();
    public final Map<AccountId, Figures> placed = new ConcurrentHashMap<>();
    private final List<Since> unreadable = new ArrayList<>();
    private final Map<AccountId, Unverified> unverified = new HashMap<>();

    public synchronized void unreadable(AccountId account, Instant at) {
        unreadable.add(new Since(account, at));
    }

    public synchronized void unverified(AccountId account, long listings, Instant since) {
        unverified.put(account, new Unverified(account, listings, since));
    }

    public synchronized void verified(AccountId account) {
        unverified.remove(account);
    }

    @Override
    public List<LocalDate> daysWithGaps(AccountId account) {
        return gaps.getOrDefault(account, List.of());
    }

    @Override
    public synchronized long unreadableSince(AccountId account, Instant since) {
        return unreadable.stream()
                .filter(it -> it.account().equals(account) && !it.at().isBefore(since))
                .count();
    }

    @Override
    public Optional<String> of(ItemId item) {
        return Optional.ofNullable(skus.get(item));
    }

    @Override
    public Map<String, Duration> of(AccountView account) {
        return loops.getOrDefault(account.id(), Map.of());
    }

    @Override
    public synchronized List<Unverified> wantedBefore(Instant time) {
        return unverified.values().stream()
                .filter(it -> it.since().isBefore(time))
                .toList();
    }

    @Override
    public List<Unfollowed> unfollowed() {
        return List.copyOf(unfollowed);
    }

    @Override
    public Optional<Finding> of(AccountId account) {
        return Optional.ofNullable(findings.get(account));
    }

    @Override
    public Optional<Standing> standing(AccountId account) {
        return Optional.ofNullable(feedsReadAt.get(account)).map(at -> new Standing(null, at, at, at));
    }

    @Override
    public Set<String> unheard(AccountId account, Collection<String> externalIds) {
        throw new UnsupportedOperationException("nobody asks");
    }

    @Override
    public Map<Instant, Integer> placedByHour(AccountId account, Instant from, Instant to) {
        throw new UnsupportedOperationException("nobody asks");
    }

    @Override
    public Optional<Instant> lastPlaced(AccountId account, Instant until) {
        throw new UnsupportedOperationException("nobody asks");
    }

    @Override
    public boolean archived(AccountId account, Instant from, Instant until) {
        throw new UnsupportedOperationException("nobody asks");
    }

    @Override
    public Optional<Caller> find(UUID user) {
        return Optional.ofNullable(persons.get(user));
    }

    @Override
    public Map<String, JsonNode> of(OrderId order, UUID reader) {
        return Map.of();
    }

    @Override
    public List<OrderView> newest(String words, boolean personal, OrderId after, int limit) {
        throw new UnsupportedOperationException("nobody asks");
    }

    @Override
    public Optional<OrderView> newer(String words, boolean personal, OrderId than) {
        throw new UnsupportedOperationException("nobody asks");
    }

    @Override
    public Map<AccountId, Figures> placed(Instant from, Instant to) {
        return placed;
    }

    @Override
    public void each(Instant from, Instant to, Consumer<OrderView> consumer) {
        throw new UnsupportedOperationException("nobody asks");
    }

    @Override
    public List<OrderView> find(Collection<OrderId> ids) {
        return ids.stream()
                .distinct()
                .filter(orders::containsKey)
                .map(orders::get)
                .toList();
    }

    @Override
    public List<OrderView> withLines(AccountId account, Collection<String> lines) {
        throw new UnsupportedOperationException("nobody asks");
    }

    @Override
    public List<OrderView> placedSince(AccountId account, Instant since, OrderView after, int limit) {
        throw new UnsupportedOperationException("nobody asks");
    }

    @Override
    public Optional<Instant> watermark(AccountId account) {
        throw new UnsupportedOperationException("nobody asks");
    }
}
