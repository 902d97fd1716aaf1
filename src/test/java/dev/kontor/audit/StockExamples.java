package dev.kontor.audit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import dev.kontor.HttpCaller;
import dev.kontor.accounts.Accounts.AccountView;
import dev.kontor.inventory.ListingId;
import dev.kontor.inventory.Offers;
import dev.kontor.inventory.PlanId;
import dev.kontor.inventory.Stockroom;
import dev.kontor.inventory.items.Item;
import dev.kontor.inventory.ledger.Entry.Change;
import dev.kontor.inventory.ledger.MovementKind;
import dev.kontor.inventory.plans.Holding;
import dev.kontor.marketplaces.FakeMarketplace;
import dev.kontor.orders.Shops;

/** What there is, and what of it is shown where. */
final class StockExamples extends RouteExamples {

    private final String words;
    private final AccountView shop;
    private final Shops shops;
    private final Stockroom stockroom;
    private final Offers offers;
    private final Holding holding;
    private final TransactionTemplate transaction;
    private final JdbcClient jdbc;

    /** @param words that people write where they may write what they like */
    StockExamples(
            HttpCaller administrator,
            String words,
            AccountView shop,
            Shops shops,
            Stockroom stockroom,
            Offers offers,
            Holding holding,
            TransactionTemplate transaction,
            JdbcClient jdbc) {
        super(administrator);
        this.words = words;
        this.shop = shop;
        this.shops = shops;
        this.stockroom = stockroom;
        this.offers = offers;
        this.holding = holding;
        this.transaction = transaction;
        this.jdbc = jdbc;
        inventory();
    }

    private UUID aProposal(Item item) {
        var listing = offers.selling(shop.id(), stockroom.anItem()).value();
        jdbc.sql("update inventory.listings set item = null, units = null, linked_by = null where id = ?")
                .param(listing)
                .update();
        var id = UUID.randomUUID();
        jdbc.sql("""
                        insert into inventory.listing_proposals (id, listing, item, evidence, state, proposed_at)
                        values (?, ?, ?, 'the same name', 'OPEN', now())""").params(id, listing, item.id().value()).update();
        return id;
    }

    private String aPlan() {
        var account = shops.open(new FakeMarketplace()).id();
        var changes = IntStream.range(0, 25)
                .mapToObj(_ -> offers.selling(account, stockroom.anItem()))
                .map(listing -> new Holding.Change(listing, account, 3, 0, null, false, null))
                .toList();
        Map<ListingId, PlanId> held = new HashMap<>(transaction.execute(_ -> holding.examine(changes)));
        return "/api/v1/plans/" + List.copyOf(held.values()).getFirst();
    }

    private void inventory() {
        var note = "{\"note\": \"" + words + "\"}";
        example(
                "POST /api/v1/items",
                "item.added",
                caller ->
                        caller.post("/api/v1/items", Map.of("sku", Stockroom.aSku(), "name", "Cup", "type", "SIMPLE")));
        example(
                "PATCH /api/v1/items/{sku}",
                "item.changed",
                caller -> caller.with("If-Match", "*")
                        .send("PATCH", "/api/v1/items/" + stockroom.anItem().sku(), "{\"name\": \"Large cup\"}"));
        example(
                "POST /api/v1/items/import",
                "items.imported",
                caller -> caller.with("Content-Type", "text/csv")
                        .send("POST", "/api/v1/items/import", "sku,name,type\n" + Stockroom.aSku() + ",Cup,\n"));
        example(
                "POST /api/v1/items/{sku}/movements",
                "stock.moved",
                caller -> caller.with("Idempotency-Key", UUID.randomUUID().toString())
                        .post(
                                "/api/v1/items/" + stockroom.anItem().sku() + "/movements",
                                Map.of("kind", "RECEIPT", "quantity", 5, "reason", words)));
        example(
                "POST /api/v1/warehouses",
                "warehouse.added",
                caller -> caller.post("/api/v1/warehouses", Map.of("name", "Attic " + UUID.randomUUID())));
        example("PATCH /api/v1/warehouses/{id}", "warehouse.changed", caller -> {
            var id = administrator
                    .post("/api/v1/warehouses", Map.of("name", "Cellar " + UUID.randomUUID()))
                    .text("id");
            return caller.with("If-Match", "*")
                    .send("PATCH", "/api/v1/warehouses/" + id, "{\"name\": \"Barn " + id + "\"}");
        });
        example(
                "POST /api/v1/listings",
                "listing.added",
                caller -> caller.post(
                        "/api/v1/listings",
                        Map.of("account", shop.id().value(), "externalId", "told by hand", "name", "Cup")));
        var listing = offers.selling(shop.id(), stockroom.anItem()).value();
        example(
                "PUT /api/v1/listings/{id}/link",
                "listing.linked",
                caller -> caller.send(
                        "PUT",
                        "/api/v1/listings/" + listing + "/link",
                        "{\"item\": \"" + stockroom.anItem().sku() + "\"}"));
        example(
                "DELETE /api/v1/listings/{id}/link",
                "listing.unlinked",
                caller -> caller.delete("/api/v1/listings/" + listing + "/link"));
        example(
                "POST /api/v1/accounts/{id}/listings/read",
                "listings.reading-asked-for",
                caller -> caller.send("POST", "/api/v1/accounts/" + shop.id() + "/listings/read", null));
        var proposal = "/api/v1/listing-proposals/" + aProposal(stockroom.anItem());
        example(
                "POST /api/v1/listing-proposals/{id}/accept",
                "listing.linked",
                caller -> caller.send("POST", proposal + "/accept", null));
        example(
                "POST /api/v1/listing-proposals/{id}/undo",
                "proposal.reopened",
                caller -> caller.send("POST", proposal + "/undo", null));
        example(
                "POST /api/v1/listing-proposals/{id}/reject",
                "proposal.rejected",
                caller -> caller.send("POST", proposal + "/reject", null));
        var item = stockroom.anItem();
        Map.of(
                        "default", "default",
                        "accounts/{id}", "accounts/" + shop.id(),
                        "items/{sku}", "items/" + item.sku(),
                        "listings/{id}", "listings/" + listing)
                .forEach((route, path) -> {
                    example(
                            "PUT /api/v1/policies/" + route,
                            "policy.set",
                            caller -> caller.send(
                                    "PUT", "/api/v1/policies/" + path, "{\"strategy\": \"ESCROW\", \"buffer\": 2}"));
                    example(
                            "DELETE /api/v1/policies/" + route,
                            "policy.taken-back",
                            caller -> caller.delete("/api/v1/policies/" + path));
                });
        example("POST /api/v1/plans/{id}/approve", "plan.decided", caller -> caller.post(aPlan() + "/approve", note));
        example("POST /api/v1/plans/{id}/reject", "plan.decided", caller -> caller.post(aPlan() + "/reject", note));
        example("POST /api/v1/oversells/{id}/acknowledge", "oversell.acknowledged", caller -> {
            var sold = stockroom.anItemWith(1);
            stockroom.post(UUID.randomUUID().toString(), sold, MovementKind.RESERVATION, new Change.By(0, 3));
            var oversell = administrator
                    .get("/api/v1/oversells?item=" + sold.sku())
                    .json()
                    .at("/items/0/id")
                    .asString();
            return caller.post("/api/v1/oversells/" + oversell + "/acknowledge", note);
        });
        example(
                "PUT /api/v1/accounts/{id}/inventory",
                "stock-truth.said",
                caller -> caller.send(
                        "PUT",
                        "/api/v1/accounts/" + shops.open(new FakeMarketplace()).id() + "/inventory",
                        "{\"truth\": \"KONTOR\", \"mode\": \"OBSERVING\"}"));
    }
}
