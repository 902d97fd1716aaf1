package dev.kontor.marketplaces.amazon;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.jmolecules.architecture.hexagonal.SecondaryAdapter;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import tools.jackson.databind.JsonNode;

import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Answer.Ok;
import dev.kontor.marketplaces.Answer.Rejected;
import dev.kontor.marketplaces.Connection;
import dev.kontor.marketplaces.Cursor;
import dev.kontor.marketplaces.FulfilledStock;
import dev.kontor.marketplaces.UnreadableRecord;
import dev.kontor.marketplaces.exchange.Fields;
import dev.kontor.marketplaces.exchange.Operation;
import dev.kontor.marketplaces.exchange.Refusal;
import dev.kontor.marketplaces.exchange.Reply;
import dev.kontor.marketplaces.exchange.Translation;
import dev.kontor.marketplaces.exchange.UnreadableField;
import dev.kontor.marketplaces.exchange.UnreadableReply;

/**
 * What Amazon keeps and sends (FBA). It tells of marketplaces and not of warehouses, and one unit that can be sent to
 * several of them is told of in each: holdings of one listing must not be added up.
 */
@SecondaryAdapter
@Component
class AmazonWarehouses implements FulfilledStock {

    private static final Operation SUMMARIES = Operation.read("fulfilled", "fulfilled.list");
    private static final String FBA = "FBA";

    private final AmazonCalls calls;

    AmazonWarehouses(AmazonCalls calls) {
        this.calls = calls;
    }

    @Override
    public Answer<FulfilledPage> all(@Nullable Cursor after, Connection connection) {
        var position = after == null ? WarehousePosition.START : WarehousePosition.of(after);
        var marketplaces = new AmazonCredentials(connection.credentials()).marketplaces();
        if (position.marketplace() >= marketplaces.size()) {
            return new Rejected<>("NO_SUCH_POSITION", "the account's marketplaces have changed: begin again");
        }
        var marketplace = marketplaces.get(position.marketplace());
        var last = position.marketplace() == marketplaces.size() - 1;
        return calls.ask(
                SUMMARIES,
                AmazonLimits.FBA_SUMMARIES,
                connection,
                (api, permission) -> api.fulfilled(
                        permission, marketplace, marketplace, position.token().isEmpty() ? null : position.token()),
                new Summaries(position, marketplace, last));
    }

    private record Summaries(WarehousePosition position, String marketplace, boolean last)
            implements Translation<FulfilledPage> {

        @Override
        public FulfilledPage read(Reply reply) {
            var summaries = reply.body().path("payload").path("inventorySummaries");
            if (!summaries.isArray()) {
                throw new UnreadableReply("inventorySummaries is not a list");
            }
            var holdings = new ArrayList<Holding>();
            var unreadable = new ArrayList<UnreadableRecord>();
            for (var summary : summaries) {
                try {
                    holdings.add(holding(summary, reply));
                } catch (UnreadableField e) {
                    unreadable.add(unreadable(summary, e));
                }
            }
            var token = reply.body().path("pagination").path("nextToken").asString("");
            return new FulfilledPage(holdings, unreadable, next(token));
        }

        private @Nullable Cursor next(String token) {
            if (!token.isEmpty()) {
                return new WarehousePosition(position.marketplace(), token, true).cursor();
            }
            return last ? null : new WarehousePosition(position.marketplace() + 1, "", true).cursor();
        }

        private Holding holding(JsonNode json, Reply reply) {
            var summary = new Fields(json, "");
            var details = summary.at("inventoryDetails");
            var sku = summary.at("sellerSku").text();
            return new Holding(
                    sku,
                    sku,
                    marketplace,
                    FBA,
                    AmazonListing.whole(details.at("fulfillableQuantity")),
                    orNone(details.at("reservedQuantity").at("totalReservedQuantity")),
                    orNone(details.at("inboundShippedQuantity")) + orNone(details.at("inboundReceivingQuantity")),
                    reply.askedAt());
        }

        private static int orNone(Fields quantity) {
            return quantity.present() ? AmazonListing.whole(quantity) : 0;
        }

        private static UnreadableRecord unreadable(JsonNode summary, UnreadableField field) {
            var sku = summary.path("sellerSku");
            return new UnreadableRecord(
                    "holding", sku.isString() ? sku.stringValue() : null, field.reason(), summary.toString());
        }

        /**
         * Where a seller keeps nothing Amazon calls the question invalid. One who keeps nothing anywhere is told so, for
         * an empty list would say that all is sold.
         */
        @Override
        public Optional<Answer<FulfilledPage>> refused(Refusal refusal) {
            if (refusal.status() != 400 || !position.token().isEmpty()) {
                return Optional.empty();
            }
            if (last && !position.used()) {
                return Optional.of(new Rejected<>(
                        AmazonTranslation.code(refusal), "Amazon keeps nothing for the seller, or was asked wrongly"));
            }
            var next = last ? null : new WarehousePosition(position.marketplace() + 1, "", position.used()).cursor();
            return Optional.of(new Ok<>(new FulfilledPage(List.of(), List.of(), next)));
        }
    }
}
