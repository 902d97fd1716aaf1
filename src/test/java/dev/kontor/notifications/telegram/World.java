package dev.kontor.notifications.telegram;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.core.task.support.TaskExecutorAdapter;

import dev.kontor.SettableClock;
import dev.kontor.access.Caller;
import dev.kontor.access.Persons;
import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.AccountOverview;
import dev.kontor.accounts.Accounts;
import dev.kontor.inventory.ItemId;
import dev.kontor.inventory.Skus;
import dev.kontor.inventory.UnfollowedOrders;
import dev.kontor.inventory.UnverifiedQuantities;
import dev.kontor.marketplaces.MarketplaceCode;
import dev.kontor.operations.OrderSilence;
import dev.kontor.orders.Completeness;
import dev.kontor.orders.RunningLoops;

/**
 * What there is in a simulated month: accounts of several marketplaces, two people, and what the modules below would answer.
 * Listeners hear at once, in the thread that tells, so that the same story has the same end.
 */
@TestConfiguration(proxyBeanMethods = false)
@Primary
class World
        implements Accounts,
                AccountOverview,
                Completeness,
                RunningLoops,
                UnverifiedQuantities,
                UnfollowedOrders,
                OrderSilence,
                Skus,
                Persons {

    final Map<AccountId, AccountView> accounts = new LinkedHashMap<>();
    final Map<AccountId, List<LocalDate>> gaps = new HashMap<>();
    final Map<AccountId, List<Instant>> unreadable = new HashMap<>();
    final Map<AccountId, Map<String, Duration>> loops = new HashMap<>();
    final Map<AccountId, Unverified> unverified = new LinkedHashMap<>();
    final Map<AccountId, Unfollowed> unfollowed = new LinkedHashMap<>();
    final Map<AccountId, Finding> findings = new HashMap<>();
    final Map<ItemId, String> skus = new HashMap<>();
    final Map<UUID, Caller> people = new HashMap<>();

    void forget() {
        List.of(accounts, gaps, unreadable, loops, unverified, unfollowed, findings, skus, people)
                .forEach(Map::clear);
    }

    AccountId opens(String name, String marketplace) {
        var id = new AccountId(UUID.randomUUID());
        accounts.put(id, new AccountView(id, name, new MarketplaceCode(marketplace), true, Instant.EPOCH));
        return id;
    }

    void active(AccountId id, boolean active) {
        var before = accounts.get(id);
        accounts.put(id, new AccountView(id, before.name(), before.marketplace(), active, before.connectedAt()));
    }

    @Override
    public Optional<AccountView> find(AccountId account) {
        return Optional.ofNullable(accounts.get(account));
    }

    @Override
    public List<AccountView> active() {
        return accounts.values().stream().filter(AccountView::active).toList();
    }

    @Override
    public List<Standing> all() {
        return accounts.values().stream()
                .map(one -> new Standing(
                        one.id(), one.name(), one.marketplace(), one.active() ? State.ACTIVE : State.REFUSED))
                .toList();
    }

    @Override
    public List<LocalDate> daysWithGaps(AccountId account) {
        return gaps.getOrDefault(account, List.of());
    }

    @Override
    public long unreadableSince(AccountId account, Instant since) {
        return unreadable.getOrDefault(account, new ArrayList<>()).stream()
                .filter(at -> !at.isBefore(since))
                .count();
    }

    @Override
    public Map<String, Duration> of(AccountView account) {
        return loops.getOrDefault(account.id(), Map.of());
    }

    @Override
    public List<Unfollowed> unfollowed() {
        return List.copyOf(unfollowed.values());
    }

    @Override
    public List<Unverified> wantedBefore(Instant time) {
        return unverified.values().stream()
                .filter(it -> it.since().isBefore(time))
                .toList();
    }

    @Override
    public Optional<Finding> of(AccountId account) {
        return Optional.ofNullable(findings.get(account));
    }

    @Override
    public Optional<String> of(ItemId item) {
        return Optional.ofNullable(skus.get(item));
    }

    @Override
    public Optional<Caller> find(UUID user) {
        return Optional.ofNullable(people.get(user));
    }

    @Bean
    @Primary
    SettableClock simulatedClock() {
        return new SettableClock(Month.BEGINNING);
    }

    @Bean(name = {"applicationTaskExecutor", "taskExecutor"})
    AsyncTaskExecutor atOnce() {
        return new TaskExecutorAdapter((Executor) Runnable::run);
    }
}
