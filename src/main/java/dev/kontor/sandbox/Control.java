package dev.kontor.sandbox;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

import dev.kontor.sandbox.http.Call;
import dev.kontor.sandbox.http.Reply;
import dev.kontor.sandbox.http.Routes;
import dev.kontor.sandbox.http.Site;
import dev.kontor.sandbox.world.Fault;

/** Lets tests and people of this machine look behind the scenes and pull strings, over HTTP. */
final class Control implements Site {

    private static final String PREFIX = "/control";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .build();

    private final Sandbox sandbox;
    private final Routes routes = new Routes();
    private final Map<String, String> index = new LinkedHashMap<>();

    Control(Sandbox sandbox) {
        this.sandbox = sandbox;
        on("GET", "", "this list", it -> Reply.json(200, sandbox.index()));
        on("GET", "/state", "the clock, the faults, the scenario", it -> state());
        on("GET", "/scenario", "the same", it -> state());
        on("GET", "/counters", "how often what was asked", it -> counters());
        on(
                "GET",
                "/faults",
                "how likely each fault is",
                it -> Reply.json(200, sandbox.faults().current()));
        on("PUT", "/faults", "{\"server-error\": 0.1}: replaces them all; {} ends them", this::putFaults);
        on(
                "PUT",
                "/outages",
                "[\"amazon\"]: these answer nobody from now on, all others do; [] ends it",
                this::putOutages);
        on("POST", "/clock", "{\"advance\": \"PT1H\", \"speed\": 60}: jumps, and how fast time passes", this::clock);
        on("GET", "/allegro/orders", "every true order, one JSON object a line", this::orders);
        on(
                "GET",
                "/allegro/merged",
                "which orders became one",
                it -> Reply.json(200, sandbox.allegro().merged(seller(it))));
        on("GET", "/allegro/events", "every true event, one JSON object a line", this::events);
        on("POST", "/allegro/buy", "{\"count\": 3}: new orders, with their ids", this::buy);
        on("GET", "/allegro/offers", "every true offer with its stock, one JSON object a line", this::offers);
        on("POST", "/allegro/offers/{id}/buy", "{\"quantity\": 2}: as many of one offer as there are", this::buyOffer);
        on("PUT", "/allegro/offers/{id}/stock", "{\"available\": 5}: the seller's doing", this::show);
        on("DELETE", "/allegro/offers/{id}", "the seller takes it away for good", it -> {
            sandbox.allegro().remove(seller(it), it.pathParameter("id"));
            return Reply.empty(204);
        });
        on("POST", "/allegro/orders/{id}/fulfillment", "{\"status\": \"SENT\"}: the seller's doing", this::fulfill);
        on("POST", "/allegro/orders/{id}/repair", "makes an unreadable order readable", this::repair);
        on(
                "POST",
                "/allegro/repair",
                "makes all of them readable",
                it -> Reply.json(200, Map.of("repaired", sandbox.allegro().repairAll(seller(it)))));
        on("POST", "/allegro/device/{userCode}/confirm", "the seller permits the application", this::confirm);
        on("POST", "/allegro/device/{userCode}/refuse", "the seller refuses", this::refuse);
        on(
                "POST",
                "/allegro/tokens/revoke",
                "the seller takes his permission back",
                it -> Reply.json(200, Map.of("revoked", sandbox.allegro().revokeTokens(seller(it)))));
        new WixControl(sandbox).describe(this::on);
        new AmazonControl(sandbox).describe(this::on);
        on("POST", "/allegro/ban", "Allegro blocks the application for its many requests", it -> ban());
    }

    private void on(String method, String path, String what, Routes.Handler handler) {
        routes.on(method, PREFIX + path, handler);
        index.put(method + " " + PREFIX + path, what);
    }

    /** What each request does, by method and path. */
    Map<String, String> index() {
        return index;
    }

    @Override
    public String prefix() {
        return PREFIX;
    }

    @Override
    public Outcome answer(Call call) throws Exception {
        if (!call.from().isLoopbackAddress()) {
            return new Outcome(
                    PREFIX,
                    Reply.json(403, Map.of("error", "Only this machine may control the sandbox.")),
                    Delivery.WHOLE);
        }
        var match = routes.match(call);
        if (match == null) {
            return new Outcome(PREFIX, Reply.json(404, Map.of("error", "No control " + call.path())), Delivery.WHOLE);
        }
        try {
            return new Outcome(match.pattern(), match.handler().handle(match.call()), Delivery.WHOLE);
        } catch (IllegalArgumentException | JacksonException e) {
            return new Outcome(
                    match.pattern(), Reply.json(400, Map.of("error", String.valueOf(e.getMessage()))), Delivery.WHOLE);
        }
    }

    private Reply state() {
        var scenario = sandbox.scenario();
        return Reply.json(
                200,
                Map.of(
                        "now", sandbox.now().toString(),
                        "speed", sandbox.speed(),
                        "faults", sandbox.faults().current(),
                        "down", sandbox.down(),
                        "allegro", sandbox.baseUrl() + "/allegro",
                        "seed", scenario.seed(),
                        "sellers", scenario.sellers(),
                        "pastOrders", scenario.orders(),
                        "liveOrdersPerMinute", scenario.liveOrdersPerMinute(),
                        "banned", sandbox.allegro().banned()));
    }

    private Reply counters() {
        return Reply.json(
                200,
                Map.of(
                        "requests", sandbox.counters().all(),
                        "tooManyRequests", sandbox.counters().of("/allegro", 429),
                        "mostRequestsInAnyMinute", sandbox.allegro().mostRequestsInAnyMinute()));
    }

    private Reply putFaults(Call call) {
        var faults = JSON.readValue(call.body(), new TypeReference<Map<String, Double>>() {}).entrySet().stream()
                .collect(Collectors.toMap(
                        it -> Fault.valueOf(it.getKey().toUpperCase(Locale.ROOT).replace('-', '_')),
                        Map.Entry::getValue));
        sandbox.allegro().faults(faults);
        return Reply.json(200, faults);
    }

    private Reply putOutages(Call call) {
        sandbox.down(JSON.readValue(call.body(), new TypeReference<List<String>>() {}));
        return Reply.json(200, sandbox.down());
    }

    private Reply clock(Call call) {
        var body = JSON.readTree(call.body());
        if (body.hasNonNull("speed")) {
            sandbox.run(body.get("speed").asDouble());
        }
        if (body.hasNonNull("advance")) {
            sandbox.advance(Duration.parse(body.get("advance").asString()));
        }
        return state();
    }

    /** One JSON object a line, so that a hundred thousand orders need no page. */
    private Reply orders(Call call) {
        var hashed = !"false".equals(Call.first(call.query(), "hash"));
        return lines(sandbox.allegro().orders(seller(call), hashed));
    }

    private Reply events(Call call) {
        return lines(sandbox.allegro().events(seller(call)));
    }

    static <T> Reply lines(Stream<T> values) {
        return Reply.streamed(200, "application/x-ndjson", target -> {
            for (var value : (Iterable<T>) values::iterator) {
                target.write(JSON.writeValueAsBytes(value));
                target.write('\n');
            }
        });
    }

    private Reply buy(Call call) {
        var body = JSON.readTree(call.body().length == 0 ? "{}".getBytes(StandardCharsets.UTF_8) : call.body());
        var ids = sandbox.allegro()
                .buy(body.path("seller").asInt(0), body.path("count").asInt(1));
        return Reply.json(200, Map.of("ids", ids));
    }

    private Reply offers(Call call) {
        return lines(sandbox.allegro().offers(seller(call)));
    }

    private Reply buyOffer(Call call) {
        var quantity = JSON.readTree(call.body()).path("quantity").asInt(1);
        return Reply.json(
                200, Map.of("bought", sandbox.allegro().buy(seller(call), call.pathParameter("id"), quantity)));
    }

    private Reply show(Call call) {
        var available = JSON.readTree(call.body()).path("available").asInt(-1);
        sandbox.allegro().show(seller(call), call.pathParameter("id"), available);
        return Reply.empty(204);
    }

    private Reply fulfill(Call call) {
        var status = JSON.readTree(call.body()).path("status").asString("");
        sandbox.allegro().fulfill(seller(call), call.pathParameter("id"), status);
        return Reply.empty(204);
    }

    private Reply repair(Call call) {
        sandbox.allegro().repair(seller(call), call.pathParameter("id"));
        return Reply.empty(204);
    }

    private Reply confirm(Call call) {
        sandbox.allegro().confirm(call.pathParameter("userCode"), seller(call));
        return Reply.empty(204);
    }

    private Reply refuse(Call call) {
        sandbox.allegro().refuse(call.pathParameter("userCode"));
        return Reply.empty(204);
    }

    private Reply ban() {
        sandbox.allegro().ban();
        return Reply.empty(204);
    }

    private static int seller(Call call) {
        @Nullable String seller = Call.first(call.query(), "seller");
        return seller == null ? 0 : Integer.parseInt(seller);
    }
}
