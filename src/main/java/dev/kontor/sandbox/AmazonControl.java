package dev.kontor.sandbox;

import java.util.Map;

import dev.kontor.sandbox.amazon.Amazon;
import dev.kontor.sandbox.http.Call;
import dev.kontor.sandbox.http.Reply;

/** The strings that can be pulled at the simulated Amazon. */
final class AmazonControl {

    private final Sandbox sandbox;

    AmazonControl(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    void describe(WixControl.Description list) {
        list.on(
                "GET",
                "/amazon/seller",
                "what a seller enters to connect his account",
                it -> Reply.json(200, amazon().entries()));
        list.on(
                "GET",
                "/amazon/orders",
                "every true order, one JSON object a line",
                it -> Control.lines(amazon().orders()));
        list.on("POST", "/amazon/buy", "{\"count\": 3}: new orders, with their ids", this::buy);
        list.on(
                "GET",
                "/amazon/notifications",
                "how many changes of orders wait in the queue",
                it -> Reply.json(200, Map.of("waiting", amazon().notifications())));
        list.on(
                "POST",
                "/amazon/repair",
                "makes all unreadable orders readable",
                it -> Reply.json(200, Map.of("repaired", amazon().repairAll())));
        list.on(
                "POST",
                "/amazon/tokens/revoke",
                "the seller takes his permission back; /amazon/seller tells the new token",
                it -> {
                    amazon().revoke();
                    return Reply.json(200, amazon().entries());
                });
        list.on(
                "PUT",
                "/amazon/rates/{operation}",
                "{\"rate\": 50}: so many calls of getListingsItem or another operation a second; 0 as many as usual",
                this::grant);
        list.on(
                "GET",
                "/amazon/listings",
                "every true listing with its stock, one JSON object a line",
                it -> Control.lines(amazon().listings()));
        list.on(
                "POST",
                "/amazon/listings/{sku}/buy",
                "{\"quantity\": 2}: as many of one as there are",
                this::buyListing);
        list.on("PUT", "/amazon/listings/{sku}/stock", "{\"quantity\": 5}: the seller's doing", this::show);
        list.on("DELETE", "/amazon/listings/{sku}", "the seller takes it away for good", this::remove);
    }

    private Reply grant(Call call) {
        amazon().grant(
                        call.pathParameter("operation"),
                        WixControl.body(call).path("rate").asDouble(-1));
        return Reply.empty(204);
    }

    private Reply remove(Call call) {
        amazon().remove(call.pathParameter("sku"));
        return Reply.empty(204);
    }

    private Reply buyListing(Call call) {
        var quantity = WixControl.body(call).path("quantity").asInt(1);
        return Reply.json(200, Map.of("bought", amazon().buy(call.pathParameter("sku"), quantity)));
    }

    private Reply show(Call call) {
        amazon().show(
                        call.pathParameter("sku"),
                        WixControl.body(call).path("quantity").asInt(-1));
        return Reply.empty(204);
    }

    private Reply buy(Call call) {
        return Reply.json(
                200,
                Map.of("ids", amazon().buy(WixControl.body(call).path("count").asInt(1))));
    }

    private Amazon amazon() {
        return sandbox.amazon();
    }
}
