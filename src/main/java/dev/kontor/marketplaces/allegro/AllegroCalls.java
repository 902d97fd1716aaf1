package dev.kontor.marketplaces.allegro;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.springframework.stereotype.Component;

import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Connection;
import dev.kontor.marketplaces.Lane;
import dev.kontor.marketplaces.MarketplaceCode;
import dev.kontor.marketplaces.exchange.ApiClients;
import dev.kontor.marketplaces.exchange.Budget;
import dev.kontor.marketplaces.exchange.Call;
import dev.kontor.marketplaces.exchange.Exchange;
import dev.kontor.marketplaces.exchange.Harmless;
import dev.kontor.marketplaces.exchange.Limit;
import dev.kontor.marketplaces.exchange.Operation;
import dev.kontor.marketplaces.exchange.Translation;

/** Calls Allegro by way of the exchange. */
@Component
class AllegroCalls {

    static final MarketplaceCode ALLEGRO = new MarketplaceCode("allegro");

    /**
     * Allegro permits 9 000 a minute to one application, counts in minutes whose beginning it keeps to itself, and bans
     * the application for a minute when it counts more.
     */
    private static final Limit PER_APPLICATION = new Limit(150, 8_820);

    /** Codes, paths and counts, but no text: Allegro's messages quote tokens and what people typed. */
    private static final Harmless HARMLESS = new Harmless(
            Set.of(
                    "errors[].code",
                    "errors[].path",
                    "error",
                    "count",
                    "totalCount",
                    "checkoutForms[].id",
                    "checkoutForms[].status",
                    "events[].id",
                    "events[].type",
                    "events[].occurredAt",
                    "offers[].id",
                    "tasks[].offer.id",
                    "tasks[].status",
                    "tasks[].errors[].code",
                    "taskCount.total",
                    "stock.available"),
            Set.of("include", "from", "limit", "offset", "sort", "lineItems.boughtAt.gte", "lineItems.boughtAt.lte"));

    private final Exchange exchange;
    private final AllegroApi api;
    private final AllegroAuthApi auth;
    private final AllegroProperties properties;
    private final BackfillSlots slots;

    AllegroCalls(Exchange exchange, ApiClients clients, AllegroProperties properties) {
        this.exchange = exchange;
        this.properties = properties;
        this.slots = new BackfillSlots(properties.parallelism());
        var userAgent = properties.userAgent();
        this.api = clients.create(
                AllegroApi.class,
                properties.apiUrl(),
                headers -> {
                    headers.set("User-Agent", userAgent);
                    headers.set("Accept-Language", "en-US");
                },
                HARMLESS);
        this.auth = clients.create(
                AllegroAuthApi.class, properties.authUrl(), headers -> headers.set("User-Agent", userAgent), HARMLESS);
    }

    /**
     * @param request what to ask the API, given the value of the Authorization header
     * @param sellers what it costs of the seller's own limits
     */
    <T> Answer<T> ask(
            Operation operation,
            Connection connection,
            ApiRequest request,
            Translation<T> translation,
            Budget... sellers) {
        var bearer = "Bearer " + connection.credentials().secret(AllegroTokens.ACCESS);
        return slots.within(
                connection,
                () -> exchange.perform(
                        Call.of(ALLEGRO, operation, connection, budgets(sellers)),
                        () -> request.send(api, bearer),
                        new AllegroTranslation<>(translation)));
    }

    interface ApiRequest {
        void send(AllegroApi api, String bearer);
    }

    <T> Answer<T> authorize(
            Operation operation, UUID account, Consumer<AllegroAuthApi> request, Translation<T> translation) {
        return exchange.perform(
                new Call(ALLEGRO, account, operation, Lane.LIVE_ORDERS, budgets()),
                () -> request.accept(auth),
                translation);
    }

    private List<Budget> budgets(Budget... sellers) {
        var application = new Budget("application", properties.clientId(), PER_APPLICATION);
        return Stream.concat(Stream.of(application), Stream.of(sellers)).toList();
    }
}
