package dev.kontor.orders.archive;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

import org.jmolecules.architecture.hexagonal.SecondaryAdapter;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import dev.kontor.marketplaces.DocumentFields;
import dev.kontor.orders.OrderId;
import dev.kontor.orders.OrderView;
import dev.kontor.privacy.BuyerId;
import dev.kontor.privacy.BuyerRecords;
import dev.kontor.privacy.Vault;

/** What the archive has of a buyer: his orders, what they were before, what happened to them, and words to find them by. */
@SecondaryAdapter
@Component
class OrdersOfBuyers implements BuyerRecords {

    private static final int PAGE = 50;
    private static final UUID FIRST = new UUID(0, 0);

    private final JdbcClient jdbc;
    private final OrderViews views;
    private final OrderDocuments documents;
    private final OrderHistory history;
    private final WordRows words;
    private final Vault vault;
    private final JsonMapper json;

    OrdersOfBuyers(
            JdbcClient jdbc,
            OrderViews views,
            OrderDocuments documents,
            OrderHistory history,
            WordRows words,
            Vault vault,
            JsonMapper json) {
        this.jdbc = jdbc;
        this.views = views;
        this.documents = documents;
        this.history = history;
        this.words = words;
        this.vault = vault;
        this.json = json;
    }

    /** @param document as the marketplace gave it */
    private record ToldOrder(OrderView order, @Nullable ObjectNode document) {}

    private record FormerVersion(
            UUID order, int version, String status, Instant replacedAt, String replacedBy, ObjectNode document) {

        private FormerVersion with(ObjectNode whole) {
            return new FormerVersion(order, version, status, replacedAt, replacedBy, whole);
        }
    }

    private record Happening(
            UUID order,
            Instant at,
            String kind,
            @Nullable String type,
            @Nullable String source) {}

    private record FirstSign(UUID order, String externalOrderId, String line, Instant placedAt, Instant toldAt) {}

    @Override
    public List<Section> sections() {
        return List.of(
                new Section("orders", this::orders),
                new Section("formerVersions", this::formerVersions),
                new Section("history", this::history),
                new Section("firstSigns", this::firstSigns));
    }

    private void orders(BuyerId buyer, Consumer<Object> rows) {
        forEachPage(
                buyer,
                page -> views.complete(page)
                        .forEach(order -> rows.accept(
                                new ToldOrder(order, documents.whole(order.id()).orElse(null)))));
    }

    private void formerVersions(BuyerId buyer, Consumer<Object> rows) {
        forEachOrder(buyer, order -> {
            var after = -1;
            var page = formerVersions(order, after);
            while (!page.isEmpty()) {
                page.forEach(former -> rows.accept(withPersonalData(former)));
                page = formerVersions(order, page.getLast().version());
            }
        });
    }

    private FormerVersion withPersonalData(FormerVersion former) {
        return vault.open(former.order(), former.version())
                .map(personal -> former.with(DocumentFields.merge(former.document(), personal)))
                .orElse(former);
    }

    private List<FormerVersion> formerVersions(OrderId order, int after) {
        return jdbc.sql("select * from orders.revisions where order_id = ? and version > ? order by version limit ?")
                .params(order.value(), after, PAGE)
                .query((row, _) -> new FormerVersion(
                        order.value(),
                        row.getInt("version"),
                        row.getString("status"),
                        row.getObject("replaced_at", OffsetDateTime.class).toInstant(),
                        row.getString("replaced_by"),
                        (ObjectNode) json.readTree(row.getString("document"))))
                .list();
    }

    private void history(BuyerId buyer, Consumer<Object> rows) {
        forEachOrder(buyer, order -> {
            var page = history.list(order, OrderHistory.Position.START, PAGE);
            while (!page.isEmpty()) {
                page.forEach(
                        it -> rows.accept(new Happening(order.value(), it.at(), it.kind(), it.type(), it.source())));
                page = history.list(
                        order,
                        new OrderHistory.Position(
                                page.getLast().at(), page.getLast().key()),
                        PAGE);
            }
        });
    }

    /** Of orders that were told of once more and are to be read again. */
    private void firstSigns(BuyerId buyer, Consumer<Object> rows) {
        forEachOrder(
                buyer,
                order -> jdbc.sql("select * from orders.first_signs where order_id = ? order by line")
                        .param(order.value())
                        .query((row, _) -> new FirstSign(
                                order.value(),
                                row.getString("external_order_id"),
                                row.getString("line"),
                                row.getObject("placed_at", OffsetDateTime.class).toInstant(),
                                row.getObject("told_at", OffsetDateTime.class).toInstant()))
                        .list()
                        .forEach(rows));
    }

    private void forEachOrder(BuyerId buyer, Consumer<OrderId> consumer) {
        forEachPage(
                buyer, page -> page.forEach(head -> consumer.accept(head.view().id())));
    }

    private void forEachPage(BuyerId buyer, Consumer<List<OrderViews.Head>> consumer) {
        var page = page(buyer, FIRST);
        while (!page.isEmpty()) {
            consumer.accept(page);
            page = page(buyer, page.getLast().view().id().value());
        }
    }

    private List<OrderViews.Head> page(BuyerId buyer, UUID after) {
        return jdbc.sql("select " + OrderViews.COLUMNS
                        + " from orders.orders o where o.buyer = ? and o.id > ? order by o.id limit ?")
                .params(buyer.value(), after, PAGE)
                .query((row, _) -> OrderViews.head(row))
                .list();
    }

    @Override
    public long forget(BuyerId buyer) {
        return words.forget(buyer);
    }

    @Override
    public long traces(BuyerId buyer) {
        return words.count(buyer);
    }
}
