package dev.kontor.marketplaces.wix;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import org.springframework.stereotype.Component;

import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Answer.Ok;
import dev.kontor.marketplaces.Connection;
import dev.kontor.marketplaces.StockWriter.Change.Conditional;
import dev.kontor.marketplaces.StockWriter.Command;
import dev.kontor.marketplaces.StockWriter.Kind;
import dev.kontor.marketplaces.StockWriter.Outcome;
import dev.kontor.marketplaces.StockWriter.Reading;
import dev.kontor.marketplaces.StockWriter.Terms;
import dev.kontor.marketplaces.exchange.Operation;
import dev.kontor.marketplaces.exchange.Refusal;
import dev.kontor.marketplaces.exchange.Reply;
import dev.kontor.marketplaces.exchange.Translation;
import dev.kontor.marketplaces.exchange.UnreadableField;
import dev.kontor.marketplaces.exchange.UnreadableReply;

/**
 * Stock under Catalog V3: an inventory item for each variant in each place, written under its revision alone. Differences
 * would have no name by which they could be sent again, and are not needed where a write can be refused.
 */
@Component
class StockV3 implements CatalogStock {

    private static final Operation UPDATE = new Operation("inventory-writes", "stock.update", false);
    private static final Operation UPDATE_MANY = new Operation("inventory-writes", "stock.update-many", false);
    private static final Operation READ = Operation.read("inventory", "stock.read");
    private static final Operation QUERY = Operation.read("inventory", "stock.query");

    private static final Terms TERMS = new Terms(
            EnumSet.of(Kind.CONDITIONAL), 1_000, READ_SIZE, false, Duration.ZERO, LONGEST_DELAY, LAG, true, false);

    private static final int QUERY_SIZE = 1_000;
    private static final int MOST_PAGES = 50;

    private final WixCalls calls;

    StockV3(WixCalls calls) {
        this.calls = calls;
    }

    @Override
    public Terms terms() {
        return TERMS;
    }

    // Writing

    private record Update(String listing, String item, String revision, int quantity) {

        Map<String, Object> body() {
            return Map.of("id", item, "revision", revision, "quantity", quantity);
        }
    }

    @Override
    public Answer<Map<String, Outcome>> write(Command command, Connection connection) {
        var outcomes = new HashMap<String, Outcome>();
        var updates = new ArrayList<Update>();
        for (var change : command.changes()) {
            var revision =
                    change instanceof Conditional conditional ? StockItem.Revision.parse(conditional.revision()) : null;
            if (!(change instanceof Conditional conditional)) {
                return CatalogStock.unsupported();
            } else if (revision == null) {
                outcomes.put(
                        change.listing(), new Outcome.Rejected("NO_REVISION", "that is no revision of Catalog V3"));
            } else if (conditional.quantity() < revision.elsewhere()) {
                outcomes.put(
                        change.listing(),
                        new Outcome.Rejected("OTHER_PLACES", "there are more in places that Kontor does not write"));
            } else {
                updates.add(new Update(
                        change.listing(),
                        revision.item(),
                        revision.revision(),
                        conditional.quantity() - revision.elsewhere()));
            }
        }
        return send(updates, connection).map(sent -> {
            outcomes.putAll(sent);
            return outcomes;
        });
    }

    private Answer<Map<String, Outcome>> send(List<Update> updates, Connection connection) {
        return switch (updates.size()) {
            case 0 -> new Ok<>(Map.of());
            case 1 -> {
                var only = updates.getFirst();
                yield calls.ask(
                        UPDATE,
                        connection,
                        (api, permission) -> api.updateStock(
                                permission, only.item(), Map.of("inventoryItem", only.body(), "reason", "MANUAL")),
                        new One(only));
            }
            default -> {
                var items = updates.stream()
                        .map(update -> Map.of("inventoryItem", update.body()))
                        .toList();
                yield calls.ask(
                        UPDATE_MANY,
                        connection,
                        (api, permission) -> api.updateStocks(
                                permission, Map.of("inventoryItems", items, "returnEntity", false, "reason", "MANUAL")),
                        reply -> many(updates, reply));
            }
        };
    }

    private record One(Update update) implements Translation<Map<String, Outcome>> {
        @Override
        public Map<String, Outcome> read(Reply reply) {
            return Map.of(update.listing(), new Outcome.Applied());
        }

        @Override
        public Optional<Answer<Map<String, Outcome>>> refused(Refusal refusal) {
            return WixTranslation.ofTheRequest(refusal, code -> Map.of(update.listing(), CatalogStock.rejected(code)));
        }
    }

    /** A success as a whole says nothing about its parts, and a part that is not mentioned is one nobody knows of. */
    private static Map<String, Outcome> many(List<Update> updates, Reply reply) {
        var outcomes = new HashMap<String, Outcome>();
        updates.forEach(
                update -> outcomes.put(update.listing(), new Outcome.Unknown("Wix did not say what became of it")));
        for (var result : reply.body().path("results")) {
            var told = result.path("itemMetadata");
            var index = told.path("originalIndex");
            if (index.canConvertToInt() && index.intValue() >= 0 && index.intValue() < updates.size()) {
                outcomes.put(
                        updates.get(index.intValue()).listing(),
                        told.path("success").asBoolean(false)
                                ? new Outcome.Applied()
                                : CatalogStock.rejected(WixTranslation.plain(
                                        told.path("error").path("code").asString(""), "REFUSED")));
            }
        }
        return outcomes;
    }

    /**
     * The next revision with another quantity is somebody else's, and then the write never took effect and never will.
     * With the same one it may be ours, or a sale of just as many.
     */
    @Override
    public Answer<Map<String, Outcome>> state(Command command, Connection connection) {
        if (command.changes().size() > 1
                || !(command.changes().getFirst() instanceof Conditional change)
                || !(StockItem.Revision.parse(change.revision()) instanceof StockItem.Revision written)) {
            return CatalogStock.unknown(command, "Wix remembers no commands");
        }
        return item(written.item(), connection)
                .map(found -> Map.of(
                        change.listing(),
                        found.map(fresh -> outcome(change, written, fresh.item()))
                                .orElseGet(() -> new Outcome.Unknown("the item is gone"))));
    }

    private static Outcome outcome(Conditional change, StockItem.Revision written, StockItem found) {
        var quantity = found.quantity();
        var ours = quantity != null && quantity == change.quantity() - written.elsewhere();
        return follows(found.revision(), written.revision()) && !ours
                ? CatalogStock.rejected("INVALID_REVISION")
                : new Outcome.Unknown("Wix remembers no commands");
    }

    private static boolean follows(String later, String earlier) {
        return later.matches("[0-9]{1,18}")
                && earlier.matches("[0-9]{1,18}")
                && Long.parseLong(later) == Long.parseLong(earlier) + 1;
    }

    // Reading

    @Override
    public Answer<Map<String, Reading>> read(Collection<String> listings, Connection connection) {
        var ids = listings.stream().map(VariantId::parse).toList();
        return (ids.size() == 1 ? fresh(ids.getFirst(), connection) : query(ids, connection)).map(stock -> {
            var readings = new LinkedHashMap<String, Reading>();
            listings.forEach(listing -> readings.put(listing, stock.reading(VariantId.parse(listing))));
            return readings;
        });
    }

    /**
     * @param items of each variant, none of one that Wix knows nothing of
     * @param unreadable why those of a variant make no sense
     */
    record Stock(Map<VariantId, StockItem.All> items, Map<VariantId, String> unreadable, Instant asOf) {

        Reading reading(VariantId id) {
            var reason = unreadable.get(id);
            var all = items.get(id);
            return reason != null
                    ? new Reading.Unreadable(reason)
                    : all == null ? new Reading.Gone() : all.reading(asOf);
        }
    }

    /** The item that is written is asked for alone; a query only tells which one that is. */
    Answer<Stock> fresh(VariantId id, Connection connection) {
        return query(List.of(id), connection).flatMap(stock -> {
            var all = stock.items().get(id);
            return all == null
                    ? new Ok<>(stock)
                    : item(all.main().id(), connection)
                            .map(found -> found.map(fresh -> new Stock(
                                            Map.of(id, all.withMain(fresh.item())),
                                            stock.unreadable(),
                                            all.others().isEmpty() ? fresh.asOf() : stock.asOf()))
                                    .orElseGet(() -> new Stock(Map.of(), stock.unreadable(), stock.asOf())));
        });
    }

    private record Fresh(StockItem item, Instant asOf) {}

    private Answer<Optional<Fresh>> item(String id, Connection connection) {
        return calls.ask(READ, connection, (api, permission) -> api.stockItem(permission, id), new OneItem());
    }

    private static final class OneItem implements Translation<Optional<Fresh>> {
        @Override
        public Optional<Fresh> read(Reply reply) {
            try {
                return Optional.of(new Fresh(StockItem.read(reply.body().path("inventoryItem")), reply.askedAt()));
            } catch (UnreadableField e) {
                throw new UnreadableReply(e.reason());
            }
        }

        @Override
        public Optional<Answer<Optional<Fresh>>> refused(Refusal refusal) {
            return WixTranslation.gone(refusal, Optional::empty);
        }
    }

    Answer<Stock> query(Collection<VariantId> ids, Connection connection) {
        return page(question(ids), connection, new ArrayList<>(), 1).map(pages -> stock(ids, pages));
    }

    private static Map<String, Object> question(Collection<VariantId> ids) {
        var products = ids.stream().map(VariantId::product).distinct().toList();
        var variants = ids.stream().map(VariantId::variantOrZeros).distinct().toList();
        return Map.of(
                "filter",
                Map.of("productId", Map.of("$in", products), "variantId", Map.of("$in", variants)),
                "cursorPaging",
                Map.of("limit", QUERY_SIZE));
    }

    private Answer<List<Reply>> page(Map<String, Object> query, Connection connection, List<Reply> before, int number) {
        return calls.ask(
                        QUERY,
                        connection,
                        (api, permission) -> api.queryStockV3(permission, Map.of("query", query)),
                        StockV3::whole)
                .flatMap(reply -> {
                    before.add(reply);
                    var next = reply.body()
                            .path("pagingMetadata")
                            .path("cursors")
                            .path("next")
                            .asString("");
                    return next.isEmpty() || reply.body().path("inventoryItems").isEmpty() || number == MOST_PAGES
                            ? new Ok<>(before)
                            : page(
                                    Map.of("cursorPaging", Map.of("cursor", next, "limit", QUERY_SIZE)),
                                    connection,
                                    before,
                                    number + 1);
                });
    }

    private static Reply whole(Reply reply) {
        if (!reply.body().path("inventoryItems").isArray()) {
            throw new UnreadableReply("inventoryItems is not a list");
        }
        return reply;
    }

    private static Stock stock(Collection<VariantId> ids, List<Reply> pages) {
        var items = new ArrayList<StockItem>();
        var unreadable = new HashMap<VariantId, String>();
        for (var page : pages) {
            for (var json : page.body().path("inventoryItems")) {
                try {
                    items.add(StockItem.read(json));
                } catch (UnreadableField e) {
                    unreadable.put(
                            VariantId.of(
                                    json.path("productId").asString(""),
                                    json.path("variantId").asString("")),
                            e.reason());
                }
            }
        }
        var wanted = items.stream()
                .filter(item -> ids.contains(item.variant()))
                .collect(Collectors.groupingBy(StockItem::variant));
        var all = new HashMap<VariantId, StockItem.All>();
        wanted.forEach((id, list) -> all.put(id, StockItem.All.of(list)));
        return new Stock(all, unreadable, pages.getFirst().askedAt().minus(LAG));
    }
}
