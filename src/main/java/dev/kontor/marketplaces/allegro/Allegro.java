package dev.kontor.marketplaces.allegro;

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
import dev.kontor.marketplaces.exchange.Reply;
import dev.kontor.marketplaces.exchange.UnreadableField;
import dev.kontor.marketplaces.exchange.UnreadableReply;

import static java.util.Map.entry;

/** Allegro as Kontor sees it. */
@SecondaryAdapter
@Component
class Allegro implements Marketplace {

    private static final Operation SELLER = Operation.read("seller", "seller");

    private final AllegroCalls calls;
    private final AllegroDeviceAuthorization authorization;
    private final AllegroOrderFeed orders;
    private final AllegroListings listings;
    private final AllegroStock stock;

    Allegro(
            AllegroCalls calls,
            AllegroDeviceAuthorization authorization,
            AllegroOrderFeed orders,
            AllegroListings listings,
            AllegroStock stock) {
        this.calls = calls;
        this.authorization = authorization;
        this.orders = orders;
        this.listings = listings;
        this.stock = stock;
    }

    @Override
    public MarketplaceCode code() {
        return AllegroCalls.ALLEGRO;
    }

    @Override
    public String displayName() {
        return "Allegro";
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(Map.ofEntries(
                entry(Capability.ORDER_CHANGES, Support.NATIVE),
                entry(Capability.FIRST_SIGNS, Support.NATIVE),
                entry(Capability.ORDER_BY_ID, Support.NATIVE),
                entry(Capability.ORDER_HISTORY, Support.NATIVE),
                entry(Capability.LISTINGS, Support.NATIVE),
                entry(Capability.LISTING_BY_ID, Support.NATIVE),
                entry(Capability.STOCK_READING, Support.NATIVE),
                entry(Capability.ABSOLUTE_STOCK, Support.NATIVE),
                entry(Capability.RELATIVE_STOCK, Support.NATIVE),
                entry(Capability.CONDITIONAL_STOCK, Support.NONE),
                entry(Capability.FULFILLED_STOCK, Support.NONE),
                entry(Capability.PUSH, Support.NONE),
                entry(Capability.DEVICE_AUTHORIZATION, Support.NATIVE),
                entry(Capability.CLIENT_CREDENTIALS, Support.NONE),
                entry(Capability.REFRESH_GRANT, Support.NONE),
                entry(Capability.STATIC_KEY, Support.NONE),
                entry(Capability.CREDENTIAL_RENEWAL, Support.NATIVE)));
    }

    @Override
    public List<Authorization> authorizations() {
        return List.of(authorization);
    }

    @Override
    public Answer<Seller> seller(Connection connection) {
        return calls.ask(SELLER, connection, (api, bearer) -> api.me(bearer), Allegro::seller);
    }

    private static Seller seller(Reply reply) {
        try {
            var me = new Fields(reply.body(), "");
            return new Seller(me.at("id").text(), me.at("login").text());
        } catch (UnreadableField e) {
            throw new UnreadableReply(e.reason());
        }
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
        return AllegroFields.ORDER;
    }
}
