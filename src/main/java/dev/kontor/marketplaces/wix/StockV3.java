package dev.kontor.marketplaces.wix;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Answer.Ok;
import dev.kontor.marketplaces.Connection;
import dev.kontor.marketplaces.StockWriter.Change;
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

/**
 * Stock under Catalog V3: an inventory item for each variant in each place, written under its revision alone. Differences
 * would have no name by which they could be sent again, and are not needed where a write can be refused.
 */
@Component
class StockV3 implements CatalogStock {

    private static final Operation UPDATE = new Operation("inventory-writes", "stock.update", false);
    private static final Operation UPDATE_MANY = new Operation("inventory-writes", "stock.update-many", false);

    /** Wix takes a thousand; so many can be asked for one by one when the answer to all of them got lost. */
    private static final int GROUP_SIZE = 100;

    private static final Terms TERMS = new Terms(
            EnumSet.of(Kind.CONDITIONAL),
            GROUP_SIZE,
            StockItems.READ_SIZE,
            false,
            Duration.ZERO,
            LONGEST_DELAY,
            StockItems.LAG,
            false,
            false);

    private static final String STALE_REVISION = "STALE_REVISION";

    private final WixCalls calls;
    private final StockItems items;

    StockV3(WixCalls calls, StockItems items) {
        this.calls = calls;
        this.items = items;
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

    /** Null for a change that is none of this catalog, or would have to take from places that are not written. */
    private static @Nullable Update update(Change change) {
        var revision =
                change instanceof Conditional conditional ? StockItem.Revision.parse(conditional.revision()) : null;
        return change instanceof Conditional conditional
                        && revision != null
                        && conditional.quantity() >= revision.elsewhere()
                ? new Update(
                        change.listing(),
                        revision.item(),
                        revision.revision(),
                        conditional.quantity() - revision.elsewhere())
                : null;
    }

    @Override
    public Answer<Map<String, Outcome>> write(Command command, Connection connection) {
        if (!command.changes().stream().allMatch(Conditional.class::isInstance)) {
            return CatalogStock.unsupported();
        }
        var outcomes = new HashMap<String, Outcome>();
        var updates = new ArrayList<Update>();
        for (var change : command.changes()) {
            var update = update(change);
            if (update == null) {
                outcomes.put(change.listing(), impossible((Conditional) change));
            } else {
                updates.add(update);
            }
        }
        return send(updates, connection).map(sent -> {
            outcomes.putAll(sent);
            return outcomes;
        });
    }

    private static Outcome impossible(Conditional change) {
        return StockItem.Revision.parse(change.revision()) == null
                ? new Outcome.Rejected("NO_REVISION", "that is no revision of Catalog V3")
                : new Outcome.Rejected("OTHER_PLACES", "more lies in places that Kontor does not write");
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
                                        permission,
                                        only.item(),
                                        Map.of("inventoryItem", only.body(), "reason", "MANUAL")),
                                new One())
                        .map(outcome -> Map.of(
                                only.listing(),
                                outcome.orElseGet(() -> stale(only, items.one(only.item(), connection)))));
            }
            default -> {
                var bodies = updates.stream()
                        .map(update -> Map.of("inventoryItem", update.body()))
                        .toList();
                yield calls.ask(
                        UPDATE_MANY,
                        connection,
                        (api, permission) -> api.updateStocks(
                                permission,
                                Map.of("inventoryItems", bodies, "returnEntity", false, "reason", "MANUAL")),
                        reply -> many(updates, reply));
            }
        };
    }

    /** Nothing where the revision was another one. */
    private record One() implements Translation<Optional<Outcome>> {

        private static final int STALE = 409;

        @Override
        public Optional<Outcome> read(Reply reply) {
            return Optional.of(new Outcome.Applied());
        }

        @Override
        public Optional<Answer<Optional<Outcome>>> refused(Refusal refusal) {
            return refusal.status() == STALE
                    ? Optional.of(new Ok<>(Optional.empty()))
                    : WixTranslation.ofTheRequest(refusal, code -> Optional.of(CatalogStock.rejected(code)));
        }
    }

    /** The revision may be another one because the same write was sent before, and nobody heard that it was done. */
    private Outcome stale(Update update, Answer<Optional<StockItems.Fresh>> now) {
        if (!(now instanceof Ok<Optional<StockItems.Fresh>>(var found))) {
            return new Outcome.Unknown("another revision, and nobody says by whom");
        }
        return found.map(fresh -> outcome(update, fresh.item()))
                .filter(Outcome.Applied.class::isInstance)
                .orElseGet(() -> CatalogStock.rejected(STALE_REVISION));
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

    /** Every item is asked for alone: a query may not have heard of the write yet. */
    @Override
    public Answer<Map<String, Outcome>> state(Command command, Connection connection) {
        Answer<Map<String, Outcome>> states = new Ok<>(new HashMap<>());
        for (var change : command.changes()) {
            var update = update(change);
            if (update == null) {
                return CatalogStock.unknown(command, "no write of Catalog V3");
            }
            states = states.flatMap(before -> items.one(update.item(), connection)
                    .map(found -> {
                        before.put(
                                change.listing(),
                                found.map(fresh -> outcome(update, fresh.item()))
                                        .orElseGet(() -> CatalogStock.rejected("NOT_FOUND")));
                        return before;
                    }));
        }
        return states;
    }

    /**
     * The revision that follows belongs to whoever wrote its quantity: to somebody else where it is another one, and then
     * the write never took effect and never will. One that comes later tells only that it is too late for the write, and
     * while the revision is the old one, it may be under way.
     */
    private static Outcome outcome(Update update, StockItem found) {
        var steps = steps(update.revision(), found.revision());
        if (steps > 1) {
            return new Outcome.Over("the item has the revision " + found.revision() + " already");
        }
        if (steps < 1) {
            return new Outcome.Unknown("the item has the revision " + found.revision());
        }
        var quantity = found.quantity();
        return quantity != null && quantity == update.quantity()
                ? new Outcome.Applied()
                : CatalogStock.rejected(STALE_REVISION);
    }

    /** None where one of them is no number. */
    private static long steps(String earlier, String later) {
        return later.matches("[0-9]{1,18}") && earlier.matches("[0-9]{1,18}")
                ? Long.parseLong(later) - Long.parseLong(earlier)
                : 0;
    }

    // Reading

    @Override
    public Answer<Map<String, Reading>> read(Collection<String> listings, Connection connection) {
        var ids = listings.stream().map(VariantId::parse).toList();
        return (ids.size() == 1 ? items.fresh(ids.getFirst(), connection) : items.query(ids, connection)).map(stock -> {
            var readings = new LinkedHashMap<String, Reading>();
            listings.forEach(listing -> readings.put(listing, stock.reading(VariantId.parse(listing))));
            return readings;
        });
    }
}
