package dev.kontor.marketplaces.wix;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import org.springframework.stereotype.Component;

import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Answer.Ok;
import dev.kontor.marketplaces.Connection;
import dev.kontor.marketplaces.StockWriter.Reading;
import dev.kontor.marketplaces.exchange.Operation;
import dev.kontor.marketplaces.exchange.Refusal;
import dev.kontor.marketplaces.exchange.Reply;
import dev.kontor.marketplaces.exchange.Translation;
import dev.kontor.marketplaces.exchange.UnreadableField;
import dev.kontor.marketplaces.exchange.UnreadableReply;

/** The inventory items of Catalog V3: a query tells of many and is behind, and one that is asked for alone is told as it is. */
@Component
class StockItems {

    /** As many values as Wix is sure to take in one condition of a query. */
    static final int READ_SIZE = 100;

    /** Nobody says how far a query is behind. What it tells too late has a revision under which nothing can be written. */
    static final Duration LAG = Duration.ofSeconds(10);

    private static final Operation READ = Operation.read("inventory", "stock.read");
    private static final Operation QUERY = Operation.read("inventory", "stock.query");
    private static final int QUERY_SIZE = 1_000;
    private static final int MOST_PAGES = 50;

    private final WixCalls calls;

    StockItems(WixCalls calls) {
        this.calls = calls;
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
                    : one(all.main().id(), connection)
                            .map(found -> found.map(fresh -> new Stock(
                                            Map.of(id, all.withMain(fresh.item())),
                                            stock.unreadable(),
                                            all.others().isEmpty() ? fresh.asOf() : stock.asOf()))
                                    .orElseGet(() -> new Stock(Map.of(), stock.unreadable(), stock.asOf())));
        });
    }

    record Fresh(StockItem item, Instant asOf) {}

    Answer<Optional<Fresh>> one(String id, Connection connection) {
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
                        (api, permission) -> api.queryStock(permission, Map.of("query", query)),
                        StockItems::whole)
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
