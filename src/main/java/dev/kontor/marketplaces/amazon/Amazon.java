package dev.kontor.marketplaces.amazon;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
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
import dev.kontor.marketplaces.FulfilledStock;
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

/** Amazon as Kontor sees it. */
@SecondaryAdapter
@Component
class Amazon implements Marketplace {

    private static final Operation PARTICIPATIONS = Operation.read("seller", "seller.participations");

    private final AmazonCalls calls;
    private final AmazonGrant grant;
    private final AmazonOrderFeed orders;
    private final AmazonListings listings;
    private final AmazonStock stock;
    private final AmazonWarehouses warehouses;

    Amazon(
            AmazonCalls calls,
            AmazonGrant grant,
            AmazonOrderFeed orders,
            AmazonListings listings,
            AmazonStock stock,
            AmazonWarehouses warehouses) {
        this.calls = calls;
        this.grant = grant;
        this.orders = orders;
        this.listings = listings;
        this.stock = stock;
        this.warehouses = warehouses;
    }

    @Override
    public MarketplaceCode code() {
        return AmazonCalls.AMAZON;
    }

    @Override
    public String displayName() {
        return "Amazon";
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(Map.ofEntries(
                entry(Capability.ORDER_CHANGES, Support.EMULATED),
                entry(Capability.FIRST_SIGNS, Support.NATIVE),
                entry(Capability.ORDER_BY_ID, Support.NATIVE),
                entry(Capability.ORDER_HISTORY, Support.NATIVE),
                entry(Capability.LISTINGS, Support.NATIVE),
                entry(Capability.LISTING_BY_ID, Support.NATIVE),
                entry(Capability.STOCK_READING, Support.NATIVE),
                entry(Capability.ABSOLUTE_STOCK, Support.NATIVE),
                entry(Capability.RELATIVE_STOCK, Support.NONE),
                entry(Capability.CONDITIONAL_STOCK, Support.NONE),
                entry(Capability.FULFILLED_STOCK, Support.NATIVE),
                entry(Capability.PUSH, Support.NONE),
                entry(Capability.DEVICE_AUTHORIZATION, Support.NONE),
                entry(Capability.CLIENT_CREDENTIALS, Support.NONE),
                entry(Capability.REFRESH_GRANT, Support.NATIVE),
                entry(Capability.STATIC_KEY, Support.NONE),
                entry(Capability.CREDENTIAL_RENEWAL, Support.NATIVE)));
    }

    @Override
    public List<Authorization> authorizations() {
        return List.of(grant);
    }

    /** Amazon says where a token is good for and not whose it is, so the seller has told that himself. */
    @Override
    public Answer<Seller> seller(Connection connection) {
        var credentials = new AmazonCredentials(connection.credentials());
        return calls.ask(
                        PARTICIPATIONS,
                        AmazonLimits.PARTICIPATIONS,
                        connection,
                        AmazonApi::participations,
                        Amazon::participations)
                .flatMap(stores -> {
                    var missing = new HashSet<>(credentials.marketplaces());
                    missing.removeAll(stores.keySet());
                    return missing.isEmpty()
                            ? new Answer.Ok<>(new Seller(
                                    credentials.seller(),
                                    stores.getOrDefault(
                                            credentials.marketplaces().getFirst(), credentials.seller())))
                            : new Answer.Rejected<>(
                                    "NO_PARTICIPATION", "the seller does not sell in " + String.join(", ", missing));
                });
    }

    /** The names of his stores by marketplace. */
    private static Map<String, String> participations(Reply reply) {
        try {
            var stores = new HashMap<String, String>();
            var payload = new Fields(reply.body(), "").at("payload").array();
            for (int index = 0; index < payload.node().size(); index++) {
                var entry = payload.at(index);
                if (entry.at("participation").at("isParticipating").node().asBoolean(false)) {
                    var name = entry.at("storeName").optionalText();
                    var id = entry.at("marketplace").at("id").text();
                    stores.put(id, name == null || name.isBlank() ? id : name);
                }
            }
            return stores;
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
    public Optional<FulfilledStock> fulfilledStock() {
        return Optional.of(warehouses);
    }

    @Override
    public DocumentFields orderFields() {
        return AmazonFields.ORDER;
    }

    /** Amazon's policy permits thirty days from the delivery on. */
    @Override
    public Duration personalDataKept() {
        return Duration.ofDays(30);
    }
}
