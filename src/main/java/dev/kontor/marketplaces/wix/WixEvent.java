package dev.kontor.marketplaces.wix;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

import dev.kontor.marketplaces.Push.Hint;
import dev.kontor.marketplaces.Push.Reading;
import dev.kontor.marketplaces.Push.Sequence;
import dev.kontor.marketplaces.Push.Subject;

/**
 * What a token of Wix says: an envelope that names the site, around an event. Each layer is JSON in a text, or JSON as it
 * should be; events of the older catalog are flat and have neither id nor number.
 */
record WixEvent(JsonNode envelope, JsonNode event) {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String ORDER = "wix.ecom.v1.order";
    private static final String V3 = "wix.stores.catalog.v3.";
    private static final String V1_STOCK = "com.wix.ecommerce.inventory.api.v1.";
    private static final String V1_PRODUCTS = "com.wix.ecommerce.catalog.api.v1.";
    private static final Set<String> OF_ONE_ORDER =
            Set.of("wix.ecom.v1.order_transactions", "wix.ecom.v1.fulfillments");
    private static final String INSTALLATION = "wix.app.installations.v1.app_installation";

    /** @throws IllegalArgumentException where there is no event in it */
    static WixEvent of(JsonNode data) {
        var envelope = opened(data);
        return new WixEvent(envelope, opened(envelope.path("data")));
    }

    private static JsonNode opened(JsonNode layer) {
        try {
            return layer.isString() ? JSON.readTree(layer.stringValue()) : layer;
        } catch (JacksonException e) {
            throw new IllegalArgumentException("a layer is no JSON", e);
        }
    }

    /**
     * @param token what tells a token from others, for events without an id
     * @param issuedAt for events without a time; null where the token does not tell
     * @throws IllegalArgumentException where nothing tells when it was: it could be told again at any time
     */
    Reading read(String token, @Nullable Instant issuedAt) {
        var site = envelope.path("instanceId").asString("");
        if (site.isEmpty() || !event.isObject()) {
            throw new IllegalArgumentException("an event without a site or without content");
        }
        return new Reading.Genuine(site, List.of(hint(token, issuedAt)));
    }

    private Hint hint(String token, @Nullable Instant issuedAt) {
        var id = text(event, "id");
        var subject = subject();
        var about = about();
        return new Hint(
                id == null || fqdn().isEmpty() ? token.substring(0, Math.min(64, token.length())) : id,
                subject,
                type(),
                about,
                sequence(),
                time(event, "eventTime")
                        .or(() -> Optional.ofNullable(issuedAt))
                        .orElseThrow(() -> new IllegalArgumentException("an event without a time")),
                ofOrder() ? time(order(), WixOrder.CHANGED).orElse(null) : null,
                subject == Subject.ORDER && fqdn().equals(ORDER) ? WixOrder.sign(order()) : null);
    }

    private String fqdn() {
        return event.path("entityFqdn").asString("");
    }

    private String type() {
        var slug = event.path("slug").asString("");
        return fqdn().isEmpty() || slug.isEmpty() ? envelope.path("eventType").asString("") : fqdn() + "_" + slug;
    }

    private Subject subject() {
        if (ofOrder() && about() != null) {
            return erasure() ? Subject.ERASURE : begun() ? Subject.OTHER : Subject.ORDER;
        }
        var type = type();
        if (type.startsWith(V1_STOCK) || fqdn().equals(V3 + "inventory_item")) {
            return Subject.STOCK;
        }
        if (type.startsWith(V1_PRODUCTS) || fqdn().equals(V3 + "product")) {
            return Subject.LISTING;
        }
        return type.equals("AppRemoved") || fqdn().equals(INSTALLATION) ? Subject.PERMISSION : Subject.OTHER;
    }

    private boolean ofOrder() {
        return fqdn().equals(ORDER) || OF_ONE_ORDER.contains(fqdn());
    }

    private boolean erasure() {
        return event.path("triggeredByAnonymizeRequest").asBoolean(false);
    }

    /** A purchase that may be abandoned before it is one: no search tells of it, and what follows is told again. */
    private boolean begun() {
        return "INITIALIZED".equals(text(order(), "status"));
    }

    private @Nullable String about() {
        if (OF_ONE_ORDER.contains(fqdn())) {
            var order = text(entity(), "orderId");
            return order == null ? text(event, "entityId") : order;
        }
        if (fqdn().equals(V3 + "inventory_item")) {
            return listing(entity());
        }
        var type = type();
        return type.startsWith(V1_STOCK) || type.startsWith(V1_PRODUCTS)
                ? text(event, "productId")
                : text(event, "entityId");
    }

    private static @Nullable String listing(JsonNode item) {
        var product = text(item, "productId");
        var variant = text(item, "variantId");
        return product == null ? null : VariantId.of(product, variant).text();
    }

    private @Nullable Sequence sequence() {
        var number = event.path("entityEventSequence").asString("");
        var entity = text(event, "entityId");
        return entity == null || !number.matches("\\d{1,18}")
                ? null
                : new Sequence(fqdn() + "/" + entity, Long.parseLong(number));
    }

    private static Optional<Instant> time(JsonNode node, String name) {
        try {
            return Optional.ofNullable(text(node, name)).map(Instant::parse);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** Some events hold it as one of several things. */
    private JsonNode order() {
        var entity = entity();
        return entity.path("order").isObject() ? entity.path("order") : entity;
    }

    /** What the event is about, as of its time; under one of several names, depending on who produced it. */
    private JsonNode entity() {
        return Stream.of("createdEvent", "updatedEvent", "actionEvent", "deletedEvent")
                .map(event::path)
                .flatMap(holder -> Stream.of(
                                "entity", "entityAsJson", "currentEntity", "currentEntityAsJson", "body", "bodyAsJson")
                        .map(holder::path))
                .flatMap(WixEvent::content)
                .findFirst()
                .orElse(MissingNode.getInstance());
    }

    /** It only helps to judge; where it cannot be read the event is still one. */
    private static Stream<JsonNode> content(JsonNode layer) {
        try {
            var content = opened(layer);
            return content.isObject() ? Stream.of(content) : Stream.empty();
        } catch (IllegalArgumentException e) {
            return Stream.empty();
        }
    }

    private static @Nullable String text(JsonNode node, String name) {
        var text = node.path(name).asString("");
        return text.isEmpty() ? null : text;
    }
}
