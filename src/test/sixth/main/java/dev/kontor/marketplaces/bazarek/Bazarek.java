package dev.kontor.marketplaces.bazarek;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jmolecules.architecture.hexagonal.SecondaryAdapter;
import org.springframework.stereotype.Component;

import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Authorization;
import dev.kontor.marketplaces.Capabilities;
import dev.kontor.marketplaces.Capabilities.Support;
import dev.kontor.marketplaces.Capability;
import dev.kontor.marketplaces.Connection;
import dev.kontor.marketplaces.DocumentFields;
import dev.kontor.marketplaces.Listings;
import dev.kontor.marketplaces.Marketplace;
import dev.kontor.marketplaces.MarketplaceCode;
import dev.kontor.marketplaces.OrderFeed;
import dev.kontor.marketplaces.Seller;
import dev.kontor.marketplaces.StockWriter;
import dev.kontor.marketplaces.exchange.Fields;
import dev.kontor.marketplaces.exchange.Operation;
import dev.kontor.marketplaces.exchange.UnreadableField;
import dev.kontor.marketplaces.exchange.UnreadableReply;

/** Bazarek as Kontor sees it. */
@SecondaryAdapter
@Component
class Bazarek implements Marketplace {

    private static final Operation SHOP = Operation.read("shop", "shop.shop");

    private final BazarekCalls calls;
    private final BazarekKey key;
    private final BazarekOrderFeed orders;
    private final BazarekListings listings;
    private final BazarekStock stock;

    Bazarek(BazarekCalls calls, BazarekKey key, BazarekOrderFeed orders, BazarekListings listings, BazarekStock stock) {
        this.calls = calls;
        this.key = key;
        this.orders = orders;
        this.listings = listings;
        this.stock = stock;
    }

    @Override
    public MarketplaceCode code() {
        return BazarekCalls.BAZAREK;
    }

    @Override
    public String displayName() {
        return "Bazarek";
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(Map.ofEntries(
                Map.entry(Capability.ORDER_CHANGES, Support.NATIVE),
                Map.entry(Capability.FIRST_SIGNS, Support.NONE),
                Map.entry(Capability.ORDER_BY_ID, Support.NATIVE),
                Map.entry(Capability.ORDER_HISTORY, Support.NATIVE),
                Map.entry(Capability.LISTINGS, Support.NATIVE),
                Map.entry(Capability.LISTING_BY_ID, Support.NATIVE),
                Map.entry(Capability.STOCK_READING, Support.NATIVE),
                Map.entry(Capability.ABSOLUTE_STOCK, Support.NATIVE),
                Map.entry(Capability.RELATIVE_STOCK, Support.NONE),
                Map.entry(Capability.CONDITIONAL_STOCK, Support.NONE),
                Map.entry(Capability.FULFILLED_STOCK, Support.NONE),
                Map.entry(Capability.PUSH, Support.NONE),
                Map.entry(Capability.DEVICE_AUTHORIZATION, Support.NONE),
                Map.entry(Capability.CLIENT_CREDENTIALS, Support.NONE),
                Map.entry(Capability.REFRESH_GRANT, Support.NONE),
                Map.entry(Capability.STATIC_KEY, Support.NATIVE),
                Map.entry(Capability.CREDENTIAL_RENEWAL, Support.NONE)));
    }

    @Override
    public List<Authorization> authorizations() {
        return List.of(key);
    }

    @Override
    public Answer<Seller> seller(Connection connection) {
        return calls.ask(SHOP, connection, BazarekApi::shop, reply -> {
            try {
                var shop = new Fields(reply.body(), "");
                return new Seller(shop.at("id").text(), shop.at("name").text());
            } catch (UnreadableField e) {
                throw new UnreadableReply(e.reason());
            }
        });
    }

    @Override
    public OrderFeed orders() {
        return orders;
    }

    @Override
    public Optional<Listings> listings() {
        return Optional.of(listings);
    }

    @Override
    public Optional<StockWriter> stockWriter() {
        return Optional.of(stock);
    }

    @Override
    public DocumentFields orderFields() {
        return BazarekOrder.FIELDS;
    }
}
