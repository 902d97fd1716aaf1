package dev.kontor.sandbox;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.kontor.sandbox.http.Call;
import dev.kontor.sandbox.http.Reply;
import dev.kontor.sandbox.http.Routes;
import dev.kontor.sandbox.wix.Wix;

/** The strings that can be pulled at the simulated Wix. */
final class WixControl {

    /** Adds one request, with what it does. */
    interface Description {
        void on(String method, String path, String what, Routes.Handler handler);
    }

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Sandbox sandbox;

    WixControl(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    void describe(Description list) {
        list.on("GET", "/wix/site", "what a seller enters to connect the site", it -> Reply.json(200, wix().entries()));
        list.on("GET", "/wix/orders", "every true order, one JSON object a line", it -> Control.lines(wix().orders()));
        list.on("POST", "/wix/buy", "{\"count\": 3}: new orders, with their ids", this::buy);
        list.on(
                "GET",
                "/wix/products",
                "every true product or variant with its stock, one JSON object a line",
                it -> Control.lines(wix().articles()));
        list.on(
                "POST",
                "/wix/products/{id}/buy",
                "{\"variant\": …, \"quantity\": 2}: as many as there are",
                this::buyOne);
        list.on("PUT", "/wix/products/{id}/stock", "{\"variant\": …, \"quantity\": 5}: the seller's doing", this::show);
        list.on("DELETE", "/wix/products/{id}", "the seller takes it away for good", call -> {
            wix().remove(call.pathParameter("id"));
            return Reply.empty(204);
        });
        list.on(
                "POST",
                "/wix/repair",
                "makes all unreadable orders readable",
                it -> Reply.json(200, Map.of("repaired", wix().repairAll())));
        list.on("POST", "/wix/revoke", "removes the app and destroys the key; /wix/site tells the new one", it -> {
            wix().revoke();
            return Reply.json(200, wix().entries());
        });
        list.on("POST", "/wix/install", "installs the app again", it -> {
            wix().install();
            return Reply.json(200, wix().entries());
        });
        list.on("GET", "/wix/webhooks", "how many events were sent and taken", it -> Reply.json(200, wix().webhooks()));
        list.on(
                "PUT",
                "/wix/webhooks",
                "{\"url\": \"http://…\"}: tells events there; nowhere for an empty one",
                call -> {
                    var url = body(call).path("url").asString("");
                    wix().tell(url.isEmpty() ? null : URI.create(url));
                    return Reply.json(200, wix().webhooks());
                });
        list.on("PUT", "/wix/catalog", "{\"version\": \"V1_CATALOG\"}: Wix moves the site's catalog", call -> {
            wix().moveCatalog(body(call).path("version").asString(""));
            return Reply.empty(204);
        });
    }

    private Wix wix() {
        return sandbox.wix();
    }

    private Reply buy(Call call) {
        return Reply.json(200, Map.of("ids", wix().buy(body(call).path("count").asInt(1))));
    }

    private Reply buyOne(Call call) {
        var quantity = body(call).path("quantity").asInt(1);
        return Reply.json(200, Map.of("bought", wix().buy(call.pathParameter("id"), variant(call), quantity)));
    }

    private Reply show(Call call) {
        wix().show(
                        call.pathParameter("id"),
                        variant(call),
                        body(call).path("quantity").asInt(-1));
        return Reply.empty(204);
    }

    private static @Nullable String variant(Call call) {
        var variant = body(call).path("variant");
        return variant.isString() ? variant.stringValue() : null;
    }

    static JsonNode body(Call call) {
        return JSON.readTree(call.body().length == 0 ? "{}".getBytes(StandardCharsets.UTF_8) : call.body());
    }
}
