package dev.kontor.sandbox.wix;

import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.JsonNodeFactory;

import dev.kontor.sandbox.http.Call;
import dev.kontor.sandbox.http.Reply;
import dev.kontor.sandbox.http.Routes;
import dev.kontor.sandbox.http.Site;
import dev.kontor.sandbox.http.Wire;
import dev.kontor.sandbox.world.Fault;

/** Wix's API host. */
final class WixSite implements Site {

    private static final String PREFIX = "/wix";
    private static final String GUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    private final SiteWorld world;
    private final Gate gate;
    private final Search search;
    private final Wire wire;
    private final Routes routes = new Routes();

    WixSite(SiteWorld world, Gate gate, Wire wire) {
        this.world = world;
        this.gate = gate;
        this.search = new Search(world);
        this.wire = wire;
        routes.on("POST", PREFIX + "/oauth2/token", gate::token);
        api("GET", "/stores/v3/provision/version", it -> Reply.json(200, Map.of("catalogVersion", world.catalog())));
        api("POST", "/ecom/v1/orders/search", it -> Reply.json(200, search.answer(it.body())));
        api("GET", "/ecom/v1/orders/{id}", this::order);
        new CatalogV1(world).describe((method, path, handler) -> catalog(CatalogV1.VERSION, method, path, handler));
        new CatalogV3(world).describe((method, path, handler) -> catalog(CatalogV3.VERSION, method, path, handler));
    }

    private void catalog(String version, String method, String path, Routes.Handler handler) {
        api(method, path, call -> {
            if (!world.catalog().equals(version)) {
                throw otherCatalog();
            }
            return handler.handle(call);
        });
    }

    private static WixProblem otherCatalog() {
        return WixProblem.of(428, "CATALOG_VERSION_MISMATCH", "The site runs another catalog");
    }

    private void api(String method, String path, Routes.Handler handler) {
        routes.on(method, PREFIX + path, call -> {
            gate.admit(call);
            return handler.handle(call);
        });
    }

    private Reply order(Call call) throws WixProblem {
        var id = call.pathParameter("id");
        if (!id.matches(GUID)) {
            throw WixProblem.invalid("id", "FORMAT", "must be a GUID");
        }
        var sale = world.fresh(id);
        if (sale == null) {
            throw WixProblem.of(404, "ORDER_NOT_FOUND", "Order not found");
        }
        return Reply.json(200, JsonNodeFactory.instance.objectNode().set("order", world.document(sale)));
    }

    @Override
    public String prefix() {
        return PREFIX;
    }

    @Override
    public Outcome answer(Call call) throws Exception {
        var match = routes.match(call);
        if (match == null) {
            return new Outcome(PREFIX, traced(unknown(call)), Delivery.WHOLE);
        }
        var visit = wire.visit(call);
        var before = wire.of(Wire.BEFORE, visit);
        if (before == Fault.TIMEOUT) {
            Thread.sleep(wire.timeout());
            return new Outcome(match.pattern(), Reply.empty(504), Delivery.LOST);
        }
        var hindrance = before == null ? null : hindrance(before, call);
        var reply = traced(hindrance == null ? handled(match) : hindrance);
        return new Outcome(match.pattern(), reply, delivery(wire.of(Wire.AFTER, visit)));
    }

    private static Reply handled(Routes.Match match) throws Exception {
        try {
            return match.handler().handle(match.call());
        } catch (WixProblem e) {
            return e.reply();
        }
    }

    /** A site answers for its own catalog only, whoever asks for the other one's. */
    private Reply unknown(Call call) {
        var first = call.path().startsWith(PREFIX + "/stores/v1/")
                || call.path().startsWith(PREFIX + "/stores/v2/")
                || call.path().startsWith(PREFIX + "/stores-reader/");
        var third = call.path().startsWith(PREFIX + "/stores/v3/");
        if ((first && !world.catalog().equals(CatalogV1.VERSION))
                || (third && !world.catalog().equals(CatalogV3.VERSION))) {
            return otherCatalog().reply();
        }
        return WixProblem.of(404, "NOT_FOUND", "No resource").reply();
    }

    /** Null for a fault that lets the request through, changed. */
    private @Nullable Reply hindrance(Fault fault, Call call) {
        return switch (fault) {
            case TOO_MANY_REQUESTS -> WixProblem.tooMany().reply();
            case TOO_MANY_REQUESTS_RETRY_AFTER -> WixProblem.tooMany().reply().with("Retry-After", "1");
            case SERVER_ERROR -> Reply.empty(500);
            case UNAVAILABLE -> Reply.empty(503);
            default -> {
                gate.revoke(call);
                yield null;
            }
        };
    }

    private Delivery delivery(@Nullable Fault fault) throws InterruptedException {
        if (fault == null) {
            return Delivery.WHOLE;
        }
        return switch (fault) {
            case ANSWER_LOST -> Delivery.LOST;
            case TRUNCATED -> Delivery.TRUNCATED;
            default -> {
                Thread.sleep(wire.slowness());
                yield Delivery.WHOLE;
            }
        };
    }

    private static Reply traced(Reply reply) {
        var random = ThreadLocalRandom.current();
        return reply.with("x-wix-request-id", HexFormat.of().toHexDigits(random.nextLong()));
    }
}
