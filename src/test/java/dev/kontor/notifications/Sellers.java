package dev.kontor.notifications;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

import dev.kontor.SettableClock;
import dev.kontor.access.limits.Standing;
import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.AccountOverview;
import dev.kontor.accounts.Accounts;
import dev.kontor.accounts.Accounts.AccountView;
import dev.kontor.marketplaces.MarketplaceCode;

/** Accounts that the test opens, and time that it moves. */
@TestConfiguration(proxyBeanMethods = false)
public class Sellers implements Accounts, AccountOverview {

    private final Map<AccountId, AccountView> accounts = new ConcurrentHashMap<>();

    public AccountId open(String name) {
        var id = new AccountId(UUID.randomUUID());
        put(id, name, true);
        return id;
    }

    public void stop(AccountId account) {
        put(account, accounts.get(account).name(), false);
    }

    public void giveUp(AccountId account) {
        accounts.remove(account);
    }

    public void resume(AccountId account) {
        put(account, accounts.get(account).name(), true);
    }

    private void put(AccountId id, String name, boolean active) {
        accounts.put(id, new AccountView(id, name, new MarketplaceCode("fake"), active, Instant.EPOCH));
    }

    @Override
    public Optional<AccountView> find(AccountId account) {
        return Optional.ofNullable(accounts.get(account));
    }

    @Override
    public List<Standing> all() {
        return accounts.values().stream()
                .map(it ->
                        new Standing(it.id(), it.name(), it.marketplace(), it.active() ? State.ACTIVE : State.PAUSED))
                .toList();
    }

    @Override
    public List<AccountView> active() {
        return accounts.values().stream().filter(AccountView::active).toList();
    }

    @Bean
    @Primary
    SettableClock testClock() {
        return SettableClock.aYearAhead();
    }
}
