package dev.kontor.sandbox.allegro;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;

import dev.kontor.sandbox.http.Call;
import dev.kontor.sandbox.http.Reply;
import dev.kontor.sandbox.http.Routes;
import dev.kontor.sandbox.http.Site;
import dev.kontor.sandbox.http.Wire;
import dev.kontor.sandbox.world.Deed;
import dev.kontor.sandbox.world.Fault;

/** Allegro's hosts under one roof: API, authorization, and the page for the seller. */
final class AllegroSite implements Site {

    private static final String PREFIX = "/allegro";
    private static final String SELLERS_PAGE = PREFIX + "/skojarz-aplikacje";

    /** A resource of a seller. */
    private interface Resource {
        Reply answer(Call call, Shop shop) throws Problem;
    }

    private final World world;
    private final Guard guard;
    private final Wire wire;
    private final Routes routes = new Routes();

    AllegroSite(World world, Wire wire) {
        this.world = world;
        this.guard = new Guard(world);
        this.wire = wire;
        var authorization = new Authorization(world);
        var orders = new OrderApi(world);
        var offers = new OfferApi(world);
        var page = new ConfirmationPage(world);
        routes.on("POST", PREFIX + "/auth/oauth/device", authorization::device)
                .on("POST", PREFIX + "/auth/oauth/token", authorization::token)
                .on("GET", SELLERS_PAGE, page::show)
                .on("POST", SELLERS_PAGE, page::decide);
        api("GET", "/order/events", Authorization.READ_ORDERS, orders::events);
        api("GET", "/order/event-stats", Authorization.READ_ORDERS, (call, shop) -> orders.eventStats(shop));
        api("GET", "/order/checkout-forms", Authorization.READ_ORDERS, orders::forms);
        api("GET", "/order/checkout-forms/{id}", Authorization.READ_ORDERS, orders::form);
        api("PUT", "/order/checkout-forms/{id}/fulfillment", Authorization.WRITE_ORDERS, orders::fulfill);
        api("GET", "/sale/offers", Authorization.READ_OFFERS, offers::list);
        api("GET", "/sale/product-offers/{offerId}", Authorization.READ_OFFERS, offers::whole);
        api("GET", "/sale/product-offers/{offerId}/parts", Authorization.READ_OFFERS, offers::parts);
        api("PATCH", "/sale/product-offers/{offerId}", Authorization.WRITE_OFFERS, offers::edit);
        api(
                "GET",
                "/sale/product-offers/{offerId}/operations/{operationId}",
                Authorization.READ_OFFERS,
                offers::operation);
        api("PUT", "/sale/offer-quantity-change-commands/{commandId}", Authorization.WRITE_OFFERS, offers::change);
        api("GET", "/sale/offer-quantity-change-commands/{commandId}", Authorization.READ_OFFERS, offers::command);
        api("GET", "/sale/offer-quantity-change-commands/{commandId}/tasks", Authorization.READ_OFFERS, offers::tasks);
        api("GET", "/me", Authorization.READ_PROFILE, (call, shop) -> me(shop));
    }

    private void api(String method, String path, String scope, Resource resource) {
        routes.on(
                method,
                PREFIX + path,
                call -> resource.answer(
                        call, world.shop(guard.admit(call, scope).seller())));
    }

    @Override
    public String prefix() {
        return PREFIX;
    }

    @Override
    public Outcome answer(Call call) throws Exception {
        var match = routes.match(call);
        if (match == null) {
            var unknown = Problem.of(404, "ResourceNotFoundException", "No resource " + call.path(), null);
            return new Outcome(PREFIX, traced(unknown.reply()), Delivery.WHOLE);
        }
        if (match.pattern().equals(SELLERS_PAGE)) {
            return new Outcome(match.pattern(), match.handler().handle(call), Delivery.WHOLE);
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
        } catch (Problem e) {
            return e.reply();
        }
    }

    /** Null for a fault that lets the request through, changed. */
    private @Nullable Reply hindrance(Fault fault, Call call) {
        return switch (fault) {
            case TOO_MANY_REQUESTS -> Problem.tooManyRequests(false, 0).reply();
            case TOO_MANY_REQUESTS_RETRY_AFTER ->
                Problem.tooManyRequests(true, 1_000).reply();
            case SERVER_ERROR ->
                Reply.of(500, "text/html", "<html><body><h1>500 Internal Server Error</h1></body></html>");
            case UNAVAILABLE ->
                Reply.of(503, "text/html", "<html><body><h1>503 Service Unavailable</h1></body></html>");
            default -> {
                revoke(call);
                yield null;
            }
        };
    }

    private void revoke(Call call) {
        var header = call.header("Authorization");
        if (header != null && header.startsWith("Bearer ")) {
            var access = world.sessions().byAccessToken(header.substring("Bearer ".length()), world.wall());
            if (access != null) {
                world.happen(new Deed.Revoked(access.session()));
            }
        }
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
        return reply.with(
                "Trace-Id",
                HexFormat.of().toHexDigits(random.nextLong()) + HexFormat.of().toHexDigits(random.nextLong()));
    }

    private static Reply me(Shop shop) {
        var me = Json.id(shop.id())
                .put("login", shop.login())
                .put("email", shop.login() + "@example.org")
                .put("firstName", "Barbara")
                .put("lastName", "Sprzedawczyńska");
        me.set("company", Json.object().put("name", "Kubki i Spółka").put("taxId", "5252674798"));
        me.set("baseMarketplace", Json.id("allegro-pl"));
        me.set("features", Json.array());
        return Reply.of(200, Problem.MEDIA_TYPE, Json.MAPPER.writeValueAsBytes(me));
    }
}
