package dev.kontor.marketplaces.wix;

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
import dev.kontor.marketplaces.Push;
import dev.kontor.marketplaces.Seller;
import dev.kontor.marketplaces.StockWriter;

/** Wix as Kontor sees it. */
@SecondaryAdapter
@Component
class Wix implements Marketplace {

    private final Catalogs catalogs;
    private final WixApp app;
    private final WixApiKey key;
    private final WixOrderFeed orders;
    private final WixListings listings;
    private final WixStock stock;
    private final WixPush push;

    Wix(
            Catalogs catalogs,
            WixApp app,
            WixApiKey key,
            WixOrderFeed orders,
            WixListings listings,
            WixStock stock,
            WixPush push) {
        this.catalogs = catalogs;
        this.app = app;
        this.key = key;
        this.orders = orders;
        this.listings = listings;
        this.stock = stock;
        this.push = push;
    }

    @Override
    public MarketplaceCode code() {
        return WixCalls.WIX;
    }

    @Override
    public String displayName() {
        return "Wix";
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(Map.ofEntries(
                Map.entry(Capability.ORDER_CHANGES, Support.EMULATED),
                Map.entry(Capability.FIRST_SIGNS, Support.NATIVE),
                Map.entry(Capability.ORDER_BY_ID, Support.NATIVE),
                Map.entry(Capability.ORDER_HISTORY, Support.NATIVE),
                Map.entry(Capability.LISTINGS, Support.NATIVE),
                Map.entry(Capability.LISTING_BY_ID, Support.NATIVE),
                Map.entry(Capability.STOCK_READING, Support.NATIVE),
                Map.entry(Capability.ABSOLUTE_STOCK, Support.BY_ACCOUNT),
                Map.entry(Capability.RELATIVE_STOCK, Support.BY_ACCOUNT),
                Map.entry(Capability.CONDITIONAL_STOCK, Support.BY_ACCOUNT),
                Map.entry(Capability.FULFILLED_STOCK, Support.NONE),
                Map.entry(Capability.PUSH, Support.NATIVE),
                Map.entry(Capability.DEVICE_AUTHORIZATION, Support.NONE),
                Map.entry(Capability.CLIENT_CREDENTIALS, Support.NATIVE),
                Map.entry(Capability.REFRESH_GRANT, Support.NONE),
                Map.entry(Capability.STATIC_KEY, Support.NATIVE),
                Map.entry(Capability.CREDENTIAL_RENEWAL, Support.NATIVE)));
    }

    @Override
    public List<Authorization> authorizations() {
        return List.of(app, key);
    }

    /** Wix names no seller, but a site is one's own; that it runs a shop at all is told by its catalog. */
    @Override
    public Answer<Seller> seller(Connection connection) {
        var site = WixCredentials.site(connection.credentials());
        return catalogs.ask(connection).map(catalog -> new Seller(site, "site " + site));
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
    public Optional<Push> push() {
        return Optional.of(push);
    }

    @Override
    public DocumentFields orderFields() {
        return WixFields.ORDER;
    }
}
