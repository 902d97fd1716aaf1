package dev.kontor.orders.web;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import tools.jackson.databind.node.ObjectNode;

import dev.kontor.access.Caller;
import dev.kontor.accounts.AccountId;
import dev.kontor.api.Area;
import dev.kontor.api.Guarded;
import dev.kontor.api.InvalidField;
import dev.kontor.api.NotFound;
import dev.kontor.api.Page;
import dev.kontor.api.PageQuery;
import dev.kontor.api.Table;
import dev.kontor.marketplaces.OrderStatus;
import dev.kontor.orders.OrderId;
import dev.kontor.orders.archive.OrderDocuments;
import dev.kontor.orders.archive.OrderFilter;
import dev.kontor.orders.archive.OrderHistory;
import dev.kontor.orders.archive.OrderQueries;

@RestController
@RequestMapping("/api/v1/orders")
@Guarded(Area.ORDERS)
@Tag(name = "Orders")
class OrderController {

    private final OrderQueries orders;
    private final OrderDocuments documents;
    private final OrderHistory history;

    OrderController(OrderQueries orders, OrderDocuments documents, OrderHistory history) {
        this.orders = orders;
        this.documents = documents;
        this.history = history;
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "List orders, the newest first",
            description =
                    "`q` finds orders by words of number, SKU, offer name, and of the buyer's name, e-mail address, "
                            + "telephone number and login; every word must match.")
    Page<OrderBody> list(
            @RequestParam @Nullable UUID account,
            @RequestParam(defaultValue = "") List<OrderStatus> status,
            @RequestParam @Nullable Instant placedFrom,
            @RequestParam @Nullable Instant placedTo,
            @RequestParam @Nullable String q,
            PageQuery page,
            Caller caller) {
        var filter = filter(account, status, placedFrom, placedTo, q, caller);
        var after = page.after(OrderQueries.Position.class).orElse(null);
        var found = orders.list(filter, after, page.limit() + 1);
        return Page.cut(found, page, OrderQueries.Position::of).map(OrderBody::of);
    }

    @GetMapping(produces = {Table.CSV, Table.XLSX})
    @Operation(summary = "Export orders as a table, a row per line of an order, the newest first")
    Table<OrderTable.Row> export(
            @RequestParam @Nullable UUID account,
            @RequestParam(defaultValue = "") List<OrderStatus> status,
            @RequestParam @Nullable Instant placedFrom,
            @RequestParam @Nullable Instant placedTo,
            @RequestParam @Nullable String q,
            Caller caller) {
        var filter = filter(account, status, placedFrom, placedTo, q, caller);
        return OrderTable.of(rows -> orders.forEach(filter, rows));
    }

    private static OrderFilter filter(
            @Nullable UUID account,
            List<OrderStatus> status,
            @Nullable Instant placedFrom,
            @Nullable Instant placedTo,
            @Nullable String q,
            Caller caller) {
        if (placedFrom != null && placedTo != null && !placedFrom.isBefore(placedTo)) {
            throw new InvalidField("placedTo", "must be after placedFrom");
        }
        var query = q == null || q.isBlank() ? null : q;
        return new OrderFilter(
                account == null ? null : new AccountId(account),
                status,
                placedFrom,
                placedTo,
                query,
                caller.mayReadPersonalData());
    }

    @GetMapping("/{id}")
    @Operation(summary = "Get one order")
    OrderBody get(@PathVariable UUID id) {
        return orders.find(new OrderId(id)).map(OrderBody::of).orElseThrow(() -> NotFound.of("order", id));
    }

    @GetMapping("/{id}/document")
    @Operation(
            summary = "Get the marketplace's own JSON of an order",
            description = "Whole for who may read personal data; for others personal values are `***`, as they are for "
                    + "everybody once the buyer was erased.")
    ObjectNode document(@PathVariable UUID id, Caller caller) {
        var order = new OrderId(id);
        var document = caller.mayReadPersonalData() ? documents.whole(order) : documents.masked(order);
        return document.orElseThrow(() -> NotFound.of("order", id));
    }

    @GetMapping("/{id}/events")
    @Operation(
            summary = "List what happened to an order, the oldest first",
            description = "Events of the marketplace, and what Kontor found out by itself.")
    Page<OrderHistory.Entry> events(@PathVariable UUID id, PageQuery page) {
        var order = orders.find(new OrderId(id)).orElseThrow(() -> NotFound.of("order", id));
        var after = page.after(OrderHistory.Position.class).orElse(OrderHistory.Position.START);
        var found = history.list(order.id(), after, page.limit() + 1);
        return Page.cut(found, page, entry -> new OrderHistory.Position(entry.at(), entry.key()));
    }
}
