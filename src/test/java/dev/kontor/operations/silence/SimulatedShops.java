package dev.kontor.operations.silence;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

import dev.kontor.SettableClock;
import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.Accounts;
import dev.kontor.accounts.Connections;
import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Authorization;
import dev.kontor.marketplaces.Capabilities;
import dev.kontor.marketplaces.Connection;
import dev.kontor.marketplaces.DocumentFields;
import dev.kontor.marketplaces.FakeMarketplace;
import dev.kontor.marketplaces.Lane;
import dev.kontor.marketplaces.Marketplace;
import dev.kontor.marketplaces.MarketplaceCode;
import dev.kontor.marketplaces.Marketplaces;
import dev.kontor.marketplaces.OrderFeed;
import dev.kontor.marketplaces.Seller;
import dev.kontor.orders.OrderFlow;
import dev.kontor.orders.RunningLoops;

/** The modules below, as far as silence asks them, over {@link SimulatedShop}s and a clock that the test moves. */
@TestConfiguration(proxyBeanMethods = false)
@Primary
class SimulatedShops implements Accounts, Connections, RunningLoops, OrderFlow {

    static final Duration INTERVAL = Duration.ofMinutes(15);
    static final Instant FIRST = Instant.parse("2026-06-29T00:00:00Z");

    private static final FakeMarketplace TRAITS = new FakeMarketplace();

    private final Map<AccountId, SimulatedShop> shops = new LinkedHashMap<>();

    void open(Collection<SimulatedShop> others) {
        shops.clear();
        others.forEach(shop -> shops.put(shop.account, shop));
    }

    private static AccountView view(SimulatedShop shop) {
        return new AccountView(shop.account, shop.name, TRAITS.code(), true, FIRST);
    }

    @Override
    public Optional<AccountView> find(AccountId account) {
        return Optional.ofNullable(shops.get(account)).map(SimulatedShops::view);
    }

    @Override
    public List<AccountView> active() {
        return shops.values().stream()
                .filter(SimulatedShop::isOpen)
                .map(SimulatedShops::view)
                .toList();
    }

    @Override
    public Map<String, Duration> of(AccountView account) {
        return Map.of("feed", INTERVAL);
    }

    @Override
    public <T> Answer<T> call(AccountId account, Lane lane, BiFunction<Marketplace, Connection, Answer<T>> call) {
        return call.apply(new Place(shops.get(account)), TRAITS.connection(account.value(), lane));
    }

    @Override
    public Optional<Standing> standing(AccountId account) {
        return Optional.of(shops.get(account).standing());
    }

    @Override
    public Set<String> unheard(AccountId account, Collection<String> externalIds) {
        return shops.get(account).unheard(externalIds);
    }

    @Override
    public Map<Instant, Integer> placedByHour(AccountId account, Instant from, Instant to) {
        return shops.get(account).placedByHour(from, to);
    }

    @Override
    public Optional<Instant> lastPlaced(AccountId account, Instant until) {
        return shops.get(account).lastPlaced();
    }

    @Override
    public boolean archived(AccountId account, Instant from, Instant until) {
        throw new UnsupportedOperationException("nobody asks");
    }

    @Bean
    @Primary
    SettableClock simulatedTime() {
        return new SettableClock(FIRST);
    }

    @Bean
    @Primary
    Marketplaces simulatedMarketplaces() {
        return Marketplaces.of(TRAITS);
    }

    private record Place(OrderFeed orders) implements Marketplace {

        @Override
        public MarketplaceCode code() {
            return TRAITS.code();
        }

        @Override
        public String displayName() {
            return TRAITS.displayName();
        }

        @Override
        public Capabilities capabilities() {
            return TRAITS.capabilities();
        }

        @Override
        public List<Authorization> authorizations() {
            return List.of();
        }

        @Override
        public Answer<Seller> seller(Connection connection) {
            return TRAITS.seller(connection);
        }

        @Override
        public DocumentFields orderFields() {
            return TRAITS.orderFields();
        }
    }
}
