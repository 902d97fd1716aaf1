package dev.kontor.orders;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.Accounts;
import dev.kontor.accounts.Connections;
import dev.kontor.accounts.Hints;
import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Connection;
import dev.kontor.marketplaces.FakeMarketplace;
import dev.kontor.marketplaces.Lane;
import dev.kontor.marketplaces.Marketplace;
import dev.kontor.marketplaces.Marketplaces;
import dev.kontor.marketplaces.StockWriter.Terms;

/** Accounts with a scripted marketplace each. */
@TestConfiguration(proxyBeanMethods = false)
@Primary
public class Shops implements Accounts, Connections, Hints {

    private static final FakeMarketplace TRAITS = new FakeMarketplace();

    private final AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});
    private final Map<AccountId, FakeMarketplace> shops = new ConcurrentHashMap<>();
    private final Set<AccountId> paused = ConcurrentHashMap.newKeySet();
    private final Set<UUID> settled = ConcurrentHashMap.newKeySet();
    private final Map<UUID, String> failed = new ConcurrentHashMap<>();

    /** Happens while the answer of the next call is on its way. */
    public void beforeNextAnswer(Runnable happens) {
        meanwhile.set(happens);
    }

    /** Of what can be written every marketplace is asked alike. @return how it was before */
    public Terms stockTerms(Terms terms) {
        var before = TRAITS.stockWriter().orElseThrow().possibleTerms().getFirst();
        TRAITS.stockTerms(terms);
        return before;
    }

    /** A new account and the shop behind it. */
    public AccountView open(FakeMarketplace shop) {
        var id = new AccountId(UUID.randomUUID());
        shops.put(id, shop);
        return view(id);
    }

    /** It is not active until it is resumed; that nobody is told. */
    public void pause(AccountId account) {
        paused.add(account);
    }

    public void resume(AccountId account) {
        paused.remove(account);
    }

    /** Hints that somebody has acted on. */
    public Set<UUID> settled() {
        return settled;
    }

    /** And those that could not be acted on, with the reason. */
    public Map<UUID, String> failed() {
        return failed;
    }

    @Override
    public void settled(Collection<UUID> deliveries) {
        settled.addAll(deliveries);
    }

    @Override
    public void failed(Collection<UUID> deliveries, String reason) {
        deliveries.forEach(delivery -> failed.put(delivery, reason));
    }

    private AccountView view(AccountId id) {
        return new AccountView(id, "Shop", TRAITS.code(), !paused.contains(id), Instant.EPOCH);
    }

    @Override
    public <T> Answer<T> call(AccountId account, Lane lane, BiFunction<Marketplace, Connection, Answer<T>> call) {
        var shop = shops.get(account);
        var answer = call.apply(shop, shop.connection(account.value(), lane));
        meanwhile.getAndSet(() -> {}).run();
        return answer;
    }

    @Override
    public Optional<AccountView> find(AccountId account) {
        return Optional.ofNullable(shops.get(account)).map(shop -> view(account));
    }

    /** None, so that nothing runs but what the test runs. */
    @Override
    public List<AccountView> active() {
        return List.of();
    }

    @Bean
    @Primary
    Marketplaces shopTraits() {
        return Marketplaces.of(TRAITS);
    }
}
