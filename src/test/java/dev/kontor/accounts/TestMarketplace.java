package dev.kontor.accounts;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Authorization;
import dev.kontor.marketplaces.Capabilities;
import dev.kontor.marketplaces.Connection;
import dev.kontor.marketplaces.DocumentFields;
import dev.kontor.marketplaces.FakeMarketplace;
import dev.kontor.marketplaces.FulfilledStock;
import dev.kontor.marketplaces.Listings;
import dev.kontor.marketplaces.Marketplace;
import dev.kontor.marketplaces.MarketplaceCode;
import dev.kontor.marketplaces.OrderFeed;
import dev.kontor.marketplaces.Push;
import dev.kontor.marketplaces.Seller;
import dev.kontor.marketplaces.StockWriter;

/** A {@link FakeMarketplace} that a test may open anew, and that tells whom the test wants to be the seller. */
public final class TestMarketplace implements Marketplace {

    private final Clock clock;
    private volatile FakeMarketplace shop;
    private volatile Seller seller = aSeller();

    public TestMarketplace(Clock clock) {
        this.clock = clock;
        this.shop = new FakeMarketplace("fake", clock);
    }

    /** Another shop with another seller; nothing is left of the last test. */
    public FakeMarketplace open() {
        shop = new FakeMarketplace("fake", clock);
        seller = aSeller();
        return shop;
    }

    public FakeMarketplace shop() {
        return shop;
    }

    public Seller seller() {
        return seller;
    }

    public void sellerIs(Seller other) {
        seller = other;
    }

    public static Seller aSeller() {
        var id = UUID.randomUUID().toString();
        return new Seller(id, "seller_" + id.substring(0, 8));
    }

    @Override
    public MarketplaceCode code() {
        return shop.code();
    }

    @Override
    public String displayName() {
        return shop.displayName();
    }

    @Override
    public Capabilities capabilities() {
        return shop.capabilities();
    }

    @Override
    public List<Authorization> authorizations() {
        return shop.authorizations();
    }

    @Override
    public Answer<Seller> seller(Connection connection) {
        return shop.seller(connection).map(theOnlyOne -> seller);
    }

    @Override
    public OrderFeed orders() {
        return shop.orders();
    }

    @Override
    public Optional<Listings> listings() {
        return shop.listings();
    }

    @Override
    public Optional<StockWriter> stockWriter() {
        return shop.stockWriter();
    }

    @Override
    public Optional<FulfilledStock> fulfilledStock() {
        return shop.fulfilledStock();
    }

    @Override
    public Optional<Push> push() {
        return shop.push();
    }

    @Override
    public DocumentFields orderFields() {
        return shop.orderFields();
    }
}
