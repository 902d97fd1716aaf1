package dev.kontor.marketplaces.bazarek;

import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

import org.springframework.stereotype.Component;

import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Connection;
import dev.kontor.marketplaces.MarketplaceCode;
import dev.kontor.marketplaces.exchange.ApiClients;
import dev.kontor.marketplaces.exchange.Budget;
import dev.kontor.marketplaces.exchange.Call;
import dev.kontor.marketplaces.exchange.Exchange;
import dev.kontor.marketplaces.exchange.Harmless;
import dev.kontor.marketplaces.exchange.Limit;
import dev.kontor.marketplaces.exchange.Operation;
import dev.kontor.marketplaces.exchange.Translation;

/** Calls Bazarek by way of the exchange. */
@Component
class BazarekCalls {

    static final MarketplaceCode BAZAREK = new MarketplaceCode("bazarek");

    /** Bazarek permits each shop 600 a minute. */
    private static final Limit PER_SHOP = new Limit(60, 520);

    private static final Harmless HARMLESS =
            new Harmless(Set.of("error", "results[].listing", "results[].error", "orders[].id"), Set.of("limit"));

    private final Exchange exchange;
    private final BazarekApi api;

    BazarekCalls(Exchange exchange, ApiClients clients, BazarekProperties properties) {
        this.exchange = exchange;
        this.api = clients.create(BazarekApi.class, properties.apiUrl(), headers -> {}, HARMLESS);
    }

    <T> Answer<T> ask(
            Operation operation,
            Connection connection,
            BiConsumer<BazarekApi, String> request,
            Translation<T> translation) {
        var shop = new Budget("shop", connection.account().toString(), PER_SHOP);
        var key = connection.credentials().secret(BazarekKey.KEY);
        return exchange.perform(
                Call.of(BAZAREK, operation, connection, List.of(shop)), () -> request.accept(api, key), translation);
    }
}
