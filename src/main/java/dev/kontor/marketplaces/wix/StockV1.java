package dev.kontor.marketplaces.wix;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Connection;
import dev.kontor.marketplaces.StockWriter.Change;
import dev.kontor.marketplaces.StockWriter.Change.Absolute;
import dev.kontor.marketplaces.StockWriter.Change.Conditional;
import dev.kontor.marketplaces.StockWriter.Change.Relative;
import dev.kontor.marketplaces.StockWriter.Command;
import dev.kontor.marketplaces.StockWriter.Kind;
import dev.kontor.marketplaces.StockWriter.Outcome;
import dev.kontor.marketplaces.StockWriter.Reading;
import dev.kontor.marketplaces.StockWriter.Terms;
import dev.kontor.marketplaces.exchange.Operation;
import dev.kontor.marketplaces.exchange.Refusal;
import dev.kontor.marketplaces.exchange.Reply;
import dev.kontor.marketplaces.exchange.Translation;

/**
 * Stock under Catalog V1: one inventory item for each product, without a revision, so the last writer wins. Differences
 * are safe against sales, but have no name by which they could be sent again.
 */
@Component
class StockV1 implements CatalogStock {

    private static final Operation SET = new Operation("inventory-writes", "stock.set", false);
    private static final Operation CHANGE = new Operation("inventory-writes", "stock.change", false);
    private static final Operation READ = Operation.read("inventory", "stock.read");

    private static final Terms TERMS = new Terms(
            EnumSet.of(Kind.ABSOLUTE, Kind.RELATIVE),
            300,
            1,
            false,
            Duration.ZERO,
            LONGEST_DELAY,
            Duration.ZERO,
            true,
            false);

    /** How long a difference travels alone after it was in company that Wix refused. */
    private static final Duration ALONE = Duration.ofHours(1);

    private final WixCalls calls;
    private final Clock clock;
    private final Map<String, Instant> alone = new ConcurrentHashMap<>();

    StockV1(WixCalls calls, Clock clock) {
        this.calls = calls;
        this.clock = clock;
    }

    @Override
    public Terms terms() {
        return TERMS;
    }

    // Writing

    /** Whether one of those with which it travelled last was refused, so that one of them spoils every company. */
    boolean alone(String listing) {
        var until = alone.get(listing);
        return until != null && clock.instant().isBefore(until);
    }

    @Override
    public Answer<Map<String, Outcome>> write(Command command, Connection connection) {
        return switch (command.changes().getFirst()) {
            case Absolute ignored -> set(command, connection);
            case Relative relative -> change(command, verb(relative), connection);
            case Conditional ignored -> CatalogStock.unsupported();
        };
    }

    /** Whether quantities count is always said: left out it means no, for every variant of the product. */
    private Answer<Map<String, Outcome>> set(Command command, Connection connection) {
        var product = id(command).product();
        var variants = command.changes().stream()
                .map(Absolute.class::cast)
                .map(change -> Map.of(
                        "variantId", VariantId.parse(change.listing()).variantOrZeros(), "quantity", change.quantity()))
                .toList();
        var body = Map.<String, Object>of("inventoryItem", Map.of("trackQuantity", true, "variants", variants));
        return calls.ask(
                SET, connection, (api, permission) -> api.setStock(permission, product, body), new Written(command));
    }

    static String verb(Relative change) {
        return change.difference() < 0 ? "decrement" : "increment";
    }

    private Answer<Map<String, Outcome>> change(Command command, String verb, Connection connection) {
        var entries = command.changes().stream()
                .map(Relative.class::cast)
                .map(change -> entry(verb, VariantId.parse(change.listing()), Math.abs((long) change.difference())))
                .toList();
        var body = Map.<String, Object>of(verb + "Data", entries);
        return calls.ask(
                CHANGE,
                connection,
                (api, permission) -> api.changeStock(permission, verb, body),
                entries.size() == 1 ? new Written(command) : new Changed(command));
    }

    private static Map<String, Object> entry(String verb, VariantId id, long by) {
        return Map.of("productId", id.product(), "variantId", id.variantOrZeros(), verb + "By", by);
    }

    /**
     * The answer is one for all, and does not say whether some of what it refuses had been done. Who caused it shows when
     * each of them travels alone.
     */
    private final class Changed implements Translation<Map<String, Outcome>> {
        private final Command command;

        Changed(Command command) {
            this.command = command;
        }

        @Override
        public Map<String, Outcome> read(Reply reply) {
            return CatalogStock.forAll(command, new Outcome.Applied());
        }

        @Override
        public Optional<Answer<Map<String, Outcome>>> refused(Refusal refusal) {
            return WixTranslation.ofTheRequest(refusal, code -> {
                separate();
                return CatalogStock.forAll(
                        command, new Outcome.Unknown("Wix refused one of several differences (" + code + ")"));
            });
        }

        private void separate() {
            var now = clock.instant();
            alone.values().removeIf(until -> !now.isBefore(until));
            command.changes().forEach(change -> alone.put(change.listing(), now.plus(ALONE)));
        }
    }

    private static VariantId id(Command command) {
        return VariantId.parse(command.changes().getFirst().listing());
    }

    /** The quantities of one product, or one difference: refused as a whole or not at all. */
    private record Written(Command command) implements Translation<Map<String, Outcome>> {
        @Override
        public Map<String, Outcome> read(Reply reply) {
            return CatalogStock.forAll(command, new Outcome.Applied());
        }

        @Override
        public Optional<Answer<Map<String, Outcome>>> refused(Refusal refusal) {
            return WixTranslation.ofTheRequest(
                    refusal, code -> CatalogStock.forAll(command, CatalogStock.rejected(code)));
        }
    }

    /** What a product shows tells that a quantity was set, and nothing of a difference. */
    @Override
    public Answer<Map<String, Outcome>> state(Command command, Connection connection) {
        var listings = command.changes().stream().map(Change::listing).toList();
        if (!(command.changes().getFirst() instanceof Absolute)) {
            return CatalogStock.unknown(command, "a difference leaves no trace");
        }
        return read(listings, connection).map(readings -> {
            var outcomes = new HashMap<String, Outcome>();
            for (var change : command.changes()) {
                outcomes.put(change.listing(), outcome(change, readings.get(change.listing())));
            }
            return outcomes;
        });
    }

    private static Outcome outcome(Change change, @Nullable Reading reading) {
        return change instanceof Absolute absolute
                        && reading instanceof Reading.Shown shown
                        && shown.quantity() == absolute.quantity()
                ? new Outcome.Applied()
                : new Outcome.Unknown("the product shows something else");
    }

    // Reading

    /**
     * Of one product, for that is told as it is. A query would tell of many and be behind, and a difference that follows
     * from an old number is a wrong one.
     */
    @Override
    public Answer<Map<String, Reading>> read(Collection<String> listings, Connection connection) {
        var products = listings.stream()
                .map(listing -> VariantId.parse(listing).product())
                .distinct()
                .toList();
        return products.size() == 1
                ? calls.ask(
                        READ,
                        connection,
                        (api, permission) -> api.stockOf(permission, products.getFirst(), Map.of()),
                        new OneProduct(listings))
                : CatalogStock.unsupported();
    }

    private record OneProduct(Collection<String> listings) implements Translation<Map<String, Reading>> {
        @Override
        public Map<String, Reading> read(Reply reply) {
            return readings(listings, reply.body().path("inventoryItem"), reply.askedAt());
        }

        @Override
        public Optional<Answer<Map<String, Reading>>> refused(Refusal refusal) {
            return WixTranslation.gone(refusal, () -> readings(listings, MissingNode.getInstance(), Instant.EPOCH));
        }
    }

    private static Map<String, Reading> readings(Collection<String> listings, JsonNode item, Instant asOf) {
        var known = new HashMap<VariantId, Reading>();
        var product = item.path("productId").asString("");
        for (var variant : item.path("variants")) {
            known.put(VariantId.of(product, variant.path("variantId").asString("")), reading(item, variant, asOf));
        }
        var readings = new LinkedHashMap<String, Reading>();
        listings.forEach(
                listing -> readings.put(listing, known.getOrDefault(VariantId.parse(listing), new Reading.Gone())));
        return readings;
    }

    /** Of a sold out variant the quantity may be left out. Sold more often than it was there is sold out as well. */
    private static Reading reading(JsonNode item, JsonNode variant, Instant asOf) {
        if (!item.path("trackQuantity").asBoolean(false)) {
            return new Reading.Unreadable("quantities of this product do not count: trackQuantity is off");
        }
        var quantity = variant.path("quantity");
        if (quantity.isIntegralNumber() && quantity.canConvertToInt()) {
            return new Reading.Shown(Math.max(0, quantity.intValue()), null, asOf);
        }
        return quantity.isMissingNode() && !variant.path("inStock").asBoolean(true)
                ? new Reading.Shown(0, null, asOf)
                : new Reading.Unreadable("variants.quantity is not a whole number");
    }
}
