package dev.kontor.marketplaces;

import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.kontor.marketplaces.Answer.Ok;

/**
 * A marketplace in memory with one seller, for the tests of other modules: they place and change orders, decide for the
 * seller, and let calls fail. Safe to use from many threads; passes the same contract as the real adapters.
 */
public final class FakeMarketplace implements Marketplace {

    /** What can be called, and therefore be made to fail. */
    public enum Operation {
        BEGIN,
        POLL,
        RENEW,
        OBTAIN,
        SELLER,
        CHANGES,
        END,
        ORDER,
        LIST,
        LISTINGS,
        LISTING,
        WRITE,
        STATE,
        READ,
        FULFILLED
    }

    /** What befalls a write of quantities. */
    public enum Mishap {
        NONE,
        /** The marketplace says that it is done, and nothing happens. */
        SILENT_NO_OP,
        /** It takes effect, and the answer gets lost. */
        LOST_ANSWER,
        /** The answer gets lost, and it takes effect at {@link #applyLate}, over whatever was written meanwhile. */
        LATE,
        /** It is accepted, and nothing happens before {@link #applyLate}. */
        STUCK,
        REJECTED
    }

    /** The way to it, on which calls can be lost or kept back. */
    public interface Line {
        Line DIRECT = new Line() {
            @Override
            public <T> Answer<T> call(Operation operation, Connection connection, Supplier<Answer<T>> arrived) {
                return arrived.get();
            }
        };

        <T> Answer<T> call(Operation operation, Connection connection, Supplier<Answer<T>> arrived);
    }

    private final MarketplaceCode code;
    private final FakeShop shop;
    private final FakeFaults faults = new FakeFaults();
    private final FakeDeviceAuthorization authorization;
    private final FakePermits permits;
    private final FakeOrderFeed feed;
    private final FakeShelf shelf = new FakeShelf();
    private final FakeStock stock;
    private final FakePush push;

    public FakeMarketplace() {
        this("fake", Clock.systemUTC());
    }

    public FakeMarketplace(String code, Clock clock) {
        this.code = new MarketplaceCode(code);
        this.shop = new FakeShop(clock);
        this.permits = new FakePermits(faults, clock);
        this.authorization = new FakeDeviceAuthorization(faults, permits, clock);
        this.feed = new FakeOrderFeed(
                shop,
                faults,
                authorization,
                clock,
                new OrderFeed.Retention(Duration.ofDays(60), Duration.ofDays(365), Duration.ZERO));
        this.stock = new FakeStock(shelf, faults, authorization, clock);
        this.push = new FakePush(clock);
    }

    // Orders

    /** A new order, announced in the change log; what it takes is no longer on sale, as far as it was. */
    public FakeOrder place(FakeOrder order) {
        shop.put(order);
        take(order);
        shop.announce(order.id(), "PLACED", true);
        return order;
    }

    /** A new order whose announcement gets lost; a second call replaces it, as silently. */
    public FakeOrder placeSilently(FakeOrder order) {
        shop.put(order);
        take(order);
        return order;
    }

    private void take(FakeOrder order) {
        order.lines().forEach(line -> sell(line.offer(), line.quantity()));
    }

    /** Changes an order, gives it a new revision, and announces it. */
    public FakeOrder change(String id, UnaryOperator<FakeOrder> change) {
        var changed = changeSilently(id, change);
        shop.announce(id, "CHANGED", true);
        return changed;
    }

    public FakeOrder changeSilently(String id, UnaryOperator<FakeOrder> change) {
        return shop.revise(id, change);
    }

    /** Replaces orders by one that holds the lines of all of them; the old ids are gone, without a word. */
    public FakeOrder merge(String newId, String... oldIds) {
        var old = Stream.of(oldIds).map(id -> shop.find(id).orElseThrow()).toList();
        var lines = old.stream().flatMap(order -> order.lines().stream()).toArray(FakeOrder.FakeLine[]::new);
        var latest = old.stream().map(FakeOrder::placedAt).max(Comparator.naturalOrder());
        var first = old.getFirst();
        Stream.of(oldIds).forEach(shop::remove);
        return place(FakeOrder.anOrder(newId, latest.orElseThrow())
                .withBuyer(first.buyer())
                .withLines(lines));
    }

    public void remove(String id) {
        shop.remove(id);
    }

    /** From now on its changes do not say what was sold. */
    public void tellsNoFirstSigns() {
        shop.fallSilent();
    }

    /** From now on the order's record cannot be read. */
    public void malform(String id) {
        shop.malform(id, true);
    }

    public void repair(String id) {
        shop.malform(id, false);
    }

    public void tellAgain(String order) {
        shop.tellAgain(order);
    }

    public void repeatLastChange() {
        shop.repeatLastChange();
    }

    public void swapLastChanges() {
        shop.swapLastChanges();
    }

    /** A change that cannot be read appears in the log. */
    public void announceUnreadably() {
        shop.announce("unknown", "PLACED", false);
    }

    /** A change of an order that the marketplace does not have. */
    public void announceUnknown(String id) {
        shop.announce(id, "PLACED", true);
    }

    /** Every order as it is now. */
    public List<FakeOrder> allOrders() {
        return shop.all();
    }

    // Listings and stock

    /** A listing is there, in place of what had its id. */
    public FakeListing list(FakeListing listing) {
        shelf.put(listing);
        return listing;
    }

    /** The marketplace keeps and sends what the listing offers, in place of what it kept of it before. */
    public void keep(FulfilledStock.Holding holding) {
        shelf.keep(holding);
    }

    public void unlist(String id) {
        shelf.remove(id);
    }

    /** From now on the listing's record cannot be read. */
    public void malformListing(String id) {
        shelf.malform(id);
    }

    public List<FakeListing> allListings() {
        return shelf.all();
    }

    /** What buyers truly see. */
    public int shown(String listing) {
        return Optional.ofNullable(shelf.find(listing)).orElseThrow().forSale();
    }

    /**
     * How many buyers can still buy, whatever of what is late takes effect, and when.
     *
     * @param open a command that was sent and may not have arrived yet
     */
    public long sellable(String listing, StockWriter.@Nullable Command open) {
        return shelf.sellable(listing, open);
    }

    /** Somebody buys as many as there are, and {@link #place} tells of the order if the test does. @return how many */
    public int sell(String listing, int wanted) {
        return shelf.sell(listing, wanted, stock.terms().endsAtZero());
    }

    /** The seller changes a quantity by hand. */
    public void sellerShows(String listing, int quantity) {
        shelf.put(Optional.ofNullable(shelf.find(listing)).orElseThrow().withQuantity(quantity));
    }

    /** Of a cancelled order, as far as the listing is still on sale. @return how many are back */
    public int putBack(String listing, int quantity) {
        return shelf.putBack(listing, quantity);
    }

    public boolean onSale(String listing) {
        return Optional.ofNullable(shelf.find(listing)).orElseThrow().status().equals("ON_SALE");
    }

    /** From now on it cannot say what became of a command, though it still does none twice. */
    public void losesCommands() {
        shelf.loseCommands();
    }

    /** What is sent twice is done twice, and nobody can tell what became of a command. */
    public void forgetCommands() {
        shelf.forgetCommands();
    }

    /** Other terms of writing than the usual. */
    public void stockTerms(StockWriter.Terms terms) {
        stock.terms(terms);
    }

    /** Befalls the next command; several queue up. */
    public void nextWrite(Mishap mishap) {
        shelf.next(mishap);
    }

    /** Befalls every command, until {@link #heal}. */
    public void everyWrite(Mishap mishap) {
        shelf.always(mishap);
    }

    public void applyLate() {
        shelf.applyLate(stock.terms().endsAtZero());
    }

    public void dropLate() {
        shelf.dropLate();
    }

    /** Whether anything may still take effect. */
    public boolean anyLate() {
        return shelf.anyLate();
    }

    // Behaviour

    public void pageSize(int size) {
        feed.pageSize(size);
        stock.pageSize(size);
    }

    /** How urgently an order was asked for the last time; null where it never was. */
    public @Nullable Lane laneOf(String order) {
        return feed.laneOf(order);
    }

    public void retention(OrderFeed.Retention retention) {
        feed.retention(retention);
    }

    /** The next call of the operation answers with this failure; several queue up. */
    public void failNext(Operation operation, Answer<?> failure) {
        faults.next(operation, failure);
    }

    /** The next call of the operation answers with what is not the truth. */
    public void misleadNext(Operation operation, Object untrue) {
        faults.next(operation, new Answer.Ok<>(untrue));
    }

    /** Every call of the operation answers with this failure, until {@link #heal}. */
    public void failAlways(Operation operation, Answer<?> failure) {
        faults.always(operation, failure);
    }

    /** The same for calls with this argument only, as {@link #onCall} tells it. */
    public void failAlways(Operation operation, Object argument, Answer<?> failure) {
        faults.always(operation, argument, failure);
    }

    public void heal() {
        faults.none();
        shelf.always(null);
    }

    /**
     * Is told of every call before it is answered, with its argument: the order's or listing's id, the cursor's value, the
     * period, the command, the listings or the account. It may block the call, or end it by an exception.
     */
    public void onCall(BiConsumer<Operation, Object> watcher) {
        faults.watch(watcher);
    }

    /** All that is asked of its listings and quantities comes this way. */
    public void behind(Line line) {
        stock.behind(line);
    }

    /** Happens while a write waits for its turn, before it is asked whether it is still wanted. */
    public void beforeWrites(Runnable happens) {
        stock.beforeTurn(happens);
    }

    public int calls(Operation operation) {
        return faults.calls(operation);
    }

    // The seller and his permission

    public void sellerConfirms() {
        authorization.decide(true);
    }

    public void sellerRefuses() {
        authorization.decide(false);
    }

    public void codesExpire() {
        authorization.expireCodes();
    }

    /** The seller confirms, and the answer that would have brought the credentials is lost on the way. */
    public void grantIsLost() {
        authorization.decide(true);
        authorization.loseGrant();
    }

    /** The next poll is answered with {@link DeviceAuthorization.Decision.SlowDown}. */
    public void askedTooOften() {
        authorization.slowDown();
    }

    public void accessExpires() {
        authorization.expireAccess();
        permits.expireAccess();
    }

    /** The seller takes his permission back: neither access nor renewal works any more. */
    public void sellerRevokes() {
        authorization.revoke();
        permits.revoke();
    }

    /** Kontor's own application has this one in its settings. */
    public void applicationSecretIs(String secret) {
        permits.applicationSecretIs(secret);
    }

    /** Fresh credentials that work, as if the seller had just confirmed. */
    public Credentials credentials() {
        return authorization.issue();
    }

    public Connection connection(UUID account, Lane lane) {
        return new Connection(account, credentials(), lane);
    }

    // Marketplace

    @Override
    public MarketplaceCode code() {
        return code;
    }

    @Override
    public String displayName() {
        return "Fake";
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(Stream.of(Capability.values())
                .collect(Collectors.toMap(capability -> capability, capability -> Capabilities.Support.NATIVE)));
    }

    @Override
    public List<Authorization> authorizations() {
        return Stream.concat(Stream.of(authorization), permits.all().stream()).toList();
    }

    @Override
    public Answer<Seller> seller(Connection connection) {
        return faults.around(
                Operation.SELLER,
                connection.account(),
                () -> authorization
                        .refusal(connection)
                        .flatMap(ignored -> new Ok<>(new Seller("seller-" + code, "the_seller"))));
    }

    @Override
    public OrderFeed orders() {
        return feed;
    }

    @Override
    public Optional<Listings> listings() {
        return Optional.of(stock);
    }

    @Override
    public Optional<StockWriter> stockWriter() {
        return Optional.of(stock);
    }

    @Override
    public Optional<FulfilledStock> fulfilledStock() {
        return Optional.of(stock::kept);
    }

    @Override
    public Optional<Push> push() {
        return Optional.of(push);
    }

    @Override
    public DocumentFields orderFields() {
        return FakeOrder.FIELDS;
    }
}
