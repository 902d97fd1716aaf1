package dev.kontor.marketplaces.wix;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jmolecules.architecture.hexagonal.SecondaryAdapter;
import org.springframework.stereotype.Component;

import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Authorization;
import dev.kontor.marketplaces.Capabilities;
import dev.kontor.marketplaces.Capabilities.Support;
import dev.kontor.marketplaces.Capability;
import dev.kontor.marketplaces.Connection;
import dev.kontor.marketplaces.DocumentFields;
import dev.kontor.marketplaces.Marketplace;
import dev.kontor.marketplaces.MarketplaceCode;
import dev.kontor.marketplaces.OrderFeed;
import dev.kontor.marketplaces.Push;
import dev.kontor.marketplaces.Seller;
import dev.kontor.marketplaces.exchange.Operation;
import dev.kontor.marketplaces.exchange.Reply;
import dev.kontor.marketplaces.exchange.UnreadableReply;

/** Wix as Kontor sees it. */
@SecondaryAdapter
@Component
class Wix implements Marketplace {

    private static final Operation CATALOG = Operation.read("catalog", "catalog.version");
    private static final Set<String> CATALOGS = Set.of("V1_CATALOG", "V3_CATALOG");

    private final WixCalls calls;
    private final WixApp app;
    private final WixApiKey key;
    private final WixOrderFeed orders;
    private final WixPush push;

    Wix(WixCalls calls, WixApp app, WixApiKey key, WixOrderFeed orders, WixPush push) {
        this.calls = calls;
        this.app = app;
        this.key = key;
        this.orders = orders;
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
                Map.entry(Capability.ORDER_BY_ID, Support.NATIVE),
                Map.entry(Capability.ORDER_HISTORY, Support.NATIVE),
                Map.entry(Capability.LISTINGS, Support.NONE),
                Map.entry(Capability.LISTING_BY_ID, Support.NONE),
                Map.entry(Capability.STOCK_READING, Support.NONE),
                Map.entry(Capability.ABSOLUTE_STOCK, Support.NONE),
                Map.entry(Capability.RELATIVE_STOCK, Support.NONE),
                Map.entry(Capability.CONDITIONAL_STOCK, Support.NONE),
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
        return calls.ask(CATALOG, connection, WixApi::catalogVersion, Wix::catalogVersion)
                .flatMap(version -> CATALOGS.contains(version)
                        ? new Answer.Ok<>(new Seller(site, "site " + site))
                        : new Answer.Rejected<>("NO_STORE", "the site has no shop: Wix Stores is not installed"));
    }

    private static String catalogVersion(Reply reply) {
        var version = reply.body().path("catalogVersion");
        if (!version.isString()) {
            throw new UnreadableReply("catalogVersion is not a text");
        }
        return version.stringValue();
    }

    @Override
    public OrderFeed orders() {
        return orders;
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
