package dev.kontor.inventory.publication;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.Accounts;
import dev.kontor.accounts.Connections;
import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Connection;
import dev.kontor.marketplaces.FakeMarketplace;
import dev.kontor.marketplaces.Lane;
import dev.kontor.marketplaces.Marketplace;
import dev.kontor.marketplaces.Marketplaces;
import dev.kontor.marketplaces.OrderStatus;
import dev.kontor.marketplaces.StockWriter.Kind;
import dev.kontor.marketplaces.StockWriter.Terms;
import dev.kontor.orders.OrderId;
import dev.kontor.orders.OrderView;
import dev.kontor.orders.OrderView.Line;
import dev.kontor.orders.OrderView.Price;
import dev.kontor.orders.Orders;
import dev.kontor.privacy.BuyerId;

/** One shop of each kind, and an archive that hears of their sales when the simulation says so. */
@TestConfiguration(proxyBeanMethods = false)
@Primary
class Street implements Accounts, Connections, Orders {

    /** Within which what was sent takes effect, if ever. */
    static final Duration LONGEST = Duration.ofMinutes(10);

    /** How marketplaces take quantities. */
    enum Trade {
        ALL(Set.of(Kind.values()), false, true, false, false),
        PLAIN(Set.of(Kind.ABSOLUTE), false, true, false, true),
        REVISIONS(Set.of(Kind.CONDITIONAL), false, false, false, true),
        LATER(Set.of(Kind.RELATIVE, Kind.ABSOLUTE), true, true, true, false),
        FORGETFUL(Set.of(Kind.RELATIVE, Kind.ABSOLUTE), false, true, false, true);

        private final Terms terms;
        private final boolean forgetful;

        Trade(Set<Kind> kinds, boolean later, boolean zero, boolean endsAtZero, boolean forgetful) {
            this.forgetful = forgetful;
            terms = new Terms(kinds, 100, 100, later, Duration.ZERO, LONGEST, Duration.ZERO, zero, endsAtZero);
        }

        FakeMarketplace open(Clock clock) {
            var shop = new FakeMarketplace(name().toLowerCase(), clock);
            shop.stockTerms(terms);
            if (forgetful) {
                shop.forgetCommands();
            }
            return shop;
        }
    }

    /** A shop and Kontor's account there. */
    record Stall(Trade trade, FakeMarketplace shop, AccountId account) {}

    private final Fate fate;
    private volatile Runnable meanwhile = () -> {};
    private final Map<AccountId, Stall> stalls = new ConcurrentHashMap<>();
    private final Map<AccountId, Instant> watermarks = new ConcurrentHashMap<>();
    private final Map<OrderId, OrderView> archive = new ConcurrentHashMap<>();
    private final Map<String, OrderId> lines = new ConcurrentHashMap<>();

    Street(Fate fate) {
        this.fate = fate;
    }

    List<Stall> open(Clock clock) {
        stalls.clear();
        watermarks.clear();
        archive.clear();
        lines.clear();
        var opened = new ArrayList<Stall>();
        for (var trade : Trade.values()) {
            var stall = new Stall(trade, trade.open(clock), new AccountId(UUID.randomUUID()));
            stalls.put(stall.account(), stall);
            watermarks.put(stall.account(), clock.instant());
            opened.add(stall);
        }
        return opened;
    }

    /** Happens before any answer of a shop arrives. */
    void meanwhile(Runnable happens) {
        meanwhile = happens;
    }

    /** The archive has the order in this state now. */
    void archive(OrderView order) {
        archive.put(order.id(), order);
        order.lines().forEach(line -> lines.put(line.externalId(), order.id()));
    }

    void known(AccountId account, Instant until) {
        watermarks.merge(account, until, (before, after) -> after.isAfter(before) ? after : before);
    }

    static OrderView order(OrderId id, Stall stall, OrderStatus status, Instant placedAt, String offer, int quantity) {
        var line = new Line("line-" + id, offer, null, "Mug", BigDecimal.valueOf(quantity), new Price("1.00", "PLN"));
        return new OrderView(
                id,
                stall.account(),
                stall.shop().code(),
                id.toString(),
                id.toString(),
                status,
                status.name(),
                placedAt,
                null,
                new Price("1.00", "PLN"),
                List.of(line),
                null,
                1,
                new BuyerId(new UUID(0, 0)),
                null,
                null,
                placedAt,
                placedAt);
    }

    @Bean
    @Primary
    static Marketplaces traits() {
        return Marketplaces.of(java.util.stream.Stream.of(Trade.values())
                .map(trade -> trade.open(Clock.systemUTC()))
                .toArray(Marketplace[]::new));
    }

    // Accounts and Connections

    @Override
    public Optional<AccountView> find(AccountId account) {
        return Optional.ofNullable(stalls.get(account))
                .map(stall -> new AccountView(account, "Shop", stall.shop().code(), true, Instant.EPOCH));
    }

    @Override
    public List<AccountView> active() {
        return List.of();
    }

    @Override
    public <T> Answer<T> call(AccountId account, Lane lane, BiFunction<Marketplace, Connection, Answer<T>> call) {
        var shop = stalls.get(account).shop();
        fate.step();
        var answer = call.apply(shop, shop.connection(account.value(), lane));
        meanwhile.run();
        fate.step();
        return answer;
    }

    // Orders

    @Override
    public List<OrderView> find(Collection<OrderId> orders) {
        return orders.stream().filter(archive::containsKey).map(archive::get).toList();
    }

    @Override
    public List<OrderView> withLines(AccountId account, Collection<String> wanted) {
        return find(wanted.stream().filter(lines::containsKey).map(lines::get).toList()).stream()
                .filter(order -> order.account().equals(account))
                .toList();
    }

    @Override
    public List<OrderView> placedSince(AccountId account, Instant since, @Nullable OrderView after, int limit) {
        return List.of();
    }

    @Override
    public Optional<Instant> watermark(AccountId account) {
        return Optional.ofNullable(watermarks.get(account));
    }
}
