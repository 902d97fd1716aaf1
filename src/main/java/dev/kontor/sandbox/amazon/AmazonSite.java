package dev.kontor.sandbox.amazon;

import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.JsonNodeFactory;

import dev.kontor.sandbox.http.Call;
import dev.kontor.sandbox.http.Reply;
import dev.kontor.sandbox.http.Routes;
import dev.kontor.sandbox.http.Site;
import dev.kontor.sandbox.http.Wire;
import dev.kontor.sandbox.world.Fault;

/** The host of Amazon's API, and that of Login with Amazon. */
final class AmazonSite implements Site {

    private static final String PREFIX = "/amazon";

    private final AmazonWorld world;
    private final Lwa lwa;
    private final Buckets buckets;
    private final boolean limits;
    private final Wire wire;
    private final Routes routes = new Routes();
    private final Set<String> operations = new TreeSet<>();

    /** A part of the API adds its operations here. */
    interface Operations {
        void on(String method, String path, Plan plan, Routes.Handler handler);
    }

    AmazonSite(AmazonWorld world, Lwa lwa, Queue queue, boolean limits, Wire wire) {
        this.world = world;
        this.lwa = lwa;
        this.buckets = new Buckets(world::wall);
        this.limits = limits;
        this.wire = wire;
        routes.on("POST", PREFIX + "/auth/o2/token", lwa::token);
        routes.on("POST", PREFIX + "/queue", queue::answer);
        operation(
                "GET",
                "/sellers/v1/marketplaceParticipations",
                new Plan("getMarketplaceParticipations", 0.016, 15),
                it -> participations());
        new OrderApi(world).describe(this::operation);
    }

    void operation(String method, String path, Plan plan, Routes.Handler handler) {
        routes.on(method, PREFIX + path, call -> {
            lwa.admit(call);
            if (limits && !buckets.take(plan)) {
                throw AmazonProblem.tooMany();
            }
            var reply = handler.handle(call);
            return limits ? reply.with("x-amzn-RateLimit-Limit", String.valueOf(buckets.rate(plan))) : reply;
        });
        operations.add(plan.operation());
    }

    void grant(String operation, double rate) {
        if (!operations.contains(operation)) {
            throw new IllegalArgumentException("No operation " + operation + "; there are " + operations + ".");
        }
        if (!(rate >= 0 && rate <= 1_000)) {
            throw new IllegalArgumentException("A rate is from 0 to 1000 a second, not " + rate + ".");
        }
        buckets.grant(operation, rate);
    }

    private Reply participations() {
        var answer = JsonNodeFactory.instance.objectNode();
        var payload = answer.putArray("payload");
        for (var id : world.rules().marketplaceIds()) {
            var country = OrderDocument.country(id);
            var entry = payload.addObject();
            entry.putObject("marketplace")
                    .put("id", id)
                    .put("name", "Amazon." + country.toLowerCase(java.util.Locale.ROOT))
                    .put("countryCode", country)
                    .put("defaultCurrencyCode", OrderDocument.currency(id))
                    .put("defaultLanguageCode", country.equals("DE") ? "de_DE" : "pl_PL")
                    .put("domainName", "www.amazon." + country.toLowerCase(java.util.Locale.ROOT));
            entry.putObject("participation").put("isParticipating", true).put("hasSuspendedListings", false);
            entry.put("storeName", "Kontor Sandbox");
        }
        return Reply.json(200, answer);
    }

    @Override
    public String prefix() {
        return PREFIX;
    }

    @Override
    public Outcome answer(Call call) throws Exception {
        var match = routes.match(call);
        if (match == null) {
            return new Outcome(
                    PREFIX, traced(AmazonProblem.missing("No such resource").reply()), Delivery.WHOLE);
        }
        var visit = wire.visit(call);
        var before = wire.of(Wire.BEFORE, visit);
        if (before == Fault.TIMEOUT) {
            Thread.sleep(wire.timeout());
            return new Outcome(match.pattern(), Reply.empty(504), Delivery.LOST);
        }
        var hindrance = before == null ? null : hindrance(before, call);
        var reply = traced(hindrance == null ? handled(match) : hindrance);
        if (before == null && wire.cut()) {
            return new Outcome(match.pattern(), reply, Delivery.LOST); // a queue is asked for seconds
        }
        return new Outcome(match.pattern(), reply, delivery(wire.of(Wire.AFTER, visit)));
    }

    private static Reply handled(Routes.Match match) throws Exception {
        try {
            return match.handler().handle(match.call());
        } catch (AmazonProblem e) {
            return e.reply();
        }
    }

    /** Null for a fault that lets the request through, changed. */
    private @Nullable Reply hindrance(Fault fault, Call call) {
        return switch (fault) {
            case TOO_MANY_REQUESTS -> AmazonProblem.tooMany().reply();
            case TOO_MANY_REQUESTS_RETRY_AFTER ->
                AmazonProblem.tooMany().reply().with("Retry-After", "1");
            case SERVER_ERROR ->
                AmazonProblem.of(500, "InternalFailure", "We encountered an internal error. Please try again.", "")
                        .reply();
            case UNAVAILABLE -> Reply.empty(503);
            default -> {
                lwa.revoke(call);
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
        return reply.with("x-amzn-RequestId", HexFormat.of().toHexDigits(random.nextLong()));
    }
}
