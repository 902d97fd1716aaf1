package dev.kontor.marketplaces.amazon;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.stereotype.Component;
import org.springframework.util.MultiValueMap;

import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Connection;
import dev.kontor.marketplaces.Lane;
import dev.kontor.marketplaces.MarketplaceCode;
import dev.kontor.marketplaces.exchange.ApiClients;
import dev.kontor.marketplaces.exchange.Call;
import dev.kontor.marketplaces.exchange.Exchange;
import dev.kontor.marketplaces.exchange.Harmless;
import dev.kontor.marketplaces.exchange.Operation;
import dev.kontor.marketplaces.exchange.Translation;

/** Calls Amazon by way of the exchange. */
@Component
class AmazonCalls {

    static final MarketplaceCode AMAZON = new MarketplaceCode("amazon");

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    /** Codes, states and counts, but no text: Amazon's messages quote what they were asked. */
    private static final Harmless HARMLESS = new Harmless(
            Set.of(
                    "errors[].code",
                    "error",
                    "expires_in",
                    "lastUpdatedBefore",
                    "createdBefore",
                    "orders[].orderId",
                    "orders[].lastUpdatedTime",
                    "orders[].fulfillment.fulfillmentStatus",
                    "order.orderId",
                    "sku",
                    "status",
                    "submissionId",
                    "issues[].code",
                    "issues[].severity",
                    "feedId",
                    "feedDocumentId",
                    "processingStatus"),
            Set.of(
                    "createdAfter",
                    "createdBefore",
                    "lastUpdatedAfter",
                    "lastUpdatedBefore",
                    "marketplaceIds",
                    "maxResultsPerPage",
                    "includedData"));

    private static final Harmless REPORT = new Harmless(
            Set.of("issues[].code", "issues[].severity", "summary.messagesProcessed", "summary.messagesAccepted"),
            Set.of());

    private static final Duration SOON = Duration.ofSeconds(15);

    private final Exchange exchange;
    private final AmazonProperties properties;
    private final Clock clock;
    private final AmazonAuthApi auth;
    private final Map<AmazonRegion, AmazonApi> regions;
    private final AmazonDocuments documents;

    AmazonCalls(Exchange exchange, ApiClients clients, AmazonProperties properties, Clock clock) {
        this.exchange = exchange;
        this.properties = properties;
        this.clock = clock;
        var userAgent = properties.userAgent();
        this.auth = clients.create(
                AmazonAuthApi.class, properties.authUrl(), headers -> headers.set("User-Agent", userAgent), HARMLESS);
        this.documents = clients.create(AmazonDocuments.class, properties.documents(), headers -> {}, REPORT);
        this.regions = Stream.of(AmazonRegion.values())
                .collect(Collectors.toMap(
                        region -> region,
                        region -> clients.create(
                                AmazonApi.class,
                                properties.host(region),
                                headers -> headers.set("User-Agent", userAgent),
                                HARMLESS),
                        (one, other) -> one,
                        () -> new EnumMap<>(AmazonRegion.class)));
    }

    interface ApiRequest {
        void send(AmazonApi api, Map<String, String> permission);
    }

    <T> Answer<T> ask(
            Operation operation,
            AmazonLimits limit,
            Connection connection,
            ApiRequest request,
            Translation<T> translation) {
        var credentials = new AmazonCredentials(connection.credentials());
        var api = Objects.requireNonNull(regions.get(credentials.region()));
        var budget = limit.of(credentials.owner());
        return exchange.perform(
                Call.of(AMAZON, operation, connection, List.of(budget)),
                () -> request.send(api, permission(credentials)),
                new AmazonTranslation<>(translation, limit));
    }

    /** What is asked of the storage of documents; there is no limit on that. */
    <T> Answer<T> document(
            Operation operation,
            Connection connection,
            URI address,
            BiConsumer<AmazonDocuments, URI> request,
            Translation<T> translation) {
        return exchange.perform(
                Call.of(AMAZON, operation, connection, List.of()),
                () -> request.accept(documents, address),
                translation);
    }

    /** What failed before anything was sent that changes something had no effect, and may be tried again soon. */
    <T> Answer<T> nothingSent(Answer<T> answer) {
        return answer instanceof Answer.Unavailable<T> || answer instanceof Answer.Malformed<T>
                ? new Answer.Throttled<>(clock.instant().plus(SOON))
                : answer;
    }

    private Map<String, String> permission(AmazonCredentials credentials) {
        return Map.of("x-amz-access-token", credentials.access(), "x-amz-date", DATE.format(clock.instant()));
    }

    <T> Answer<T> token(
            Operation operation, UUID account, MultiValueMap<String, String> form, Translation<T> translation) {
        var application = AmazonLimits.TOKENS.of(properties.clientId());
        return exchange.perform(
                new Call(AMAZON, account, operation, Lane.LIVE_ORDERS, List.of(application)),
                () -> auth.token(form),
                translation);
    }
}
