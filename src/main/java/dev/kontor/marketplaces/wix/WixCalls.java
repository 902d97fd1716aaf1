package dev.kontor.marketplaces.wix;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

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

/** Calls Wix by way of the exchange. */
@Component
class WixCalls {

    static final MarketplaceCode WIX = new MarketplaceCode("wix");

    /** Wix permits 200 a minute for each site. */
    private static final Limit PER_SITE = new Limit(20, 176);

    /** Nobody says how often; more than a token for every account now and then is never needed. */
    private static final Limit TOKENS = new Limit(30, 60);

    /** Codes, fields and counts, but no text: Wix's messages quote what they were asked. */
    private static final Harmless HARMLESS = new Harmless(
            Set.of(
                    "details.applicationError.code",
                    "details.validationError.fieldViolations[].field",
                    "details.validationError.fieldViolations[].violatedRule",
                    "error",
                    "catalogVersion",
                    "results[].itemMetadata.id",
                    "results[].itemMetadata.success",
                    "results[].itemMetadata.error.code",
                    "bulkActionMetadata.totalSuccesses",
                    "bulkActionMetadata.totalFailures",
                    "inventoryItems[].productId",
                    "inventoryItems[].variantId",
                    "inventoryItems[].quantity",
                    "inventoryItem.productId",
                    "inventoryItem.variantId",
                    "inventoryItem.revision",
                    "inventoryItem.quantity",
                    "metadata.count",
                    "metadata.hasNext",
                    "orders[].id",
                    "orders[].status",
                    "orders[].updatedDate"),
            Set.of());

    private final Exchange exchange;
    private final WixApi api;
    private final WixProperties properties;

    WixCalls(Exchange exchange, ApiClients clients, WixProperties properties) {
        this.exchange = exchange;
        this.properties = properties;
        this.api = clients.create(WixApi.class, properties.apiUrl(), headers -> {}, HARMLESS);
    }

    interface ApiRequest {
        void send(WixApi api, Map<String, String> permission);
    }

    <T> Answer<T> ask(Operation operation, Connection connection, ApiRequest request, Translation<T> translation) {
        var credentials = connection.credentials();
        var permission = WixCredentials.headers(credentials, properties.tokenPrefix());
        var site = new Budget("site", WixCredentials.site(credentials), PER_SITE);
        return exchange.perform(
                Call.of(WIX, operation, connection, List.of(site)),
                () -> request.send(api, permission),
                new WixTranslation<>(translation));
    }

    <T> Answer<T> token(Operation operation, UUID account, String instance, Translation<T> translation) {
        var application = new Budget("tokens", properties.appId(), TOKENS);
        return exchange.perform(
                new Call(WIX, account, operation, Lane.LIVE_ORDERS, List.of(application)),
                () -> api.token(Map.of(
                        "grant_type",
                        "client_credentials",
                        "client_id",
                        properties.appId(),
                        "client_secret",
                        properties.appSecret(),
                        "instance_id",
                        instance)),
                translation);
    }
}
