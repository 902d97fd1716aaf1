package dev.kontor.sandbox.bazarek;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.kontor.sandbox.http.Call;
import dev.kontor.sandbox.http.Reply;
import dev.kontor.sandbox.http.RequestWindow;
import dev.kontor.sandbox.http.Routes;
import dev.kontor.sandbox.http.Site;
import dev.kontor.sandbox.http.Wire;
import dev.kontor.sandbox.world.Fault;
import dev.kontor.sandbox.world.Faults;

/**
 * A simulated Bazarek: one shop behind one key, a numbered log of changes, and quantities that the last writer decides.
 * Its faults are those of the sandbox.
 */
public final class Bazarek implements Site {

    public static final String KEY = "bzk-simulated-shop";

    private static final String PREFIX = "/bazarek";
    private static final int MOST = 50;
    private static final List<Fault> OF_ORDERS = List.of(
            Fault.MALFORMED, Fault.UNKNOWN_STATUS, Fault.UNKNOWN_FIELD, Fault.DUPLICATE_EVENT, Fault.REORDERED_EVENT);

    private final Clock clock;
    private final Faults faults = new Faults(Map.of());
    private final Wire wire = new Wire(42, faults, Duration.ofMillis(150), Duration.ofSeconds(1));
    private final Routes routes = new Routes();
    private final RequestWindow requests;
    private final Shop shop;
    private volatile boolean revoked;

    /** As it is met outside of tests: it refuses what is too much. */
    public Bazarek() {
        this(Clock.systemUTC(), 40, 60, 600);
    }

    /** @param perMinute how many requests it permits, 0 for any number */
    public Bazarek(Clock clock, int listings, int orders, int perMinute) {
        this.clock = clock;
        this.shop = new Shop(listings, orders, Instant.ofEpochMilli(clock.millis()));
        this.requests = new RequestWindow(perMinute, Duration.ofSeconds(1), clock::millis);
        on("GET", "/v1/shop", call -> Reply.json(200, Map.of("id", "shop-1", "name", "Cups and more")));
        on("GET", "/v1/changes", this::changes);
        on("GET", "/v1/changes/latest", call -> Reply.json(200, place(shop.log().size())));
        on("GET", "/v1/orders", this::orders);
        on("GET", "/v1/orders/{id}", this::order);
        on("GET", "/v1/listings", this::listings);
        on("GET", "/v1/listings/{id}", this::listing);
        on("GET", "/v1/stock", this::stock);
        on("PUT", "/v1/stock", this::putStock);
    }

    private void on(String method, String path, Routes.Handler handler) {
        routes.on(method, PREFIX + path, handler);
    }

    // What a test does behind the scenes

    public void faults(Map<Fault, Double> current) {
        faults.change(clock.millis(), current);
    }

    public List<String> buy(int count) {
        var ids = IntStream.range(0, count)
                .mapToObj(it -> shop.buy(now(), current()).id())
                .toList();
        if (current() == Fault.REORDERED_EVENT) {
            shop.swapTheLastTwo();
        }
        return ids;
    }

    private @Nullable Fault current() {
        return OF_ORDERS.stream()
                .filter(faults.current()::containsKey)
                .findFirst()
                .orElse(null);
    }

    public Set<String> orders() {
        return shop.sales().stream().map(Sale::id).collect(Collectors.toSet());
    }

    /** What buyers truly see, by listing. */
    public Map<String, Integer> shown() {
        return shop.stock(now());
    }

    public Set<String> oddListings() {
        return shop.offers().stream().filter(Offer::mayBeOdd).map(Offer::id).collect(Collectors.toSet());
    }

    public int sell(String listing, int wanted) {
        return shop.sell(listing, wanted, now());
    }

    public void show(String listing, int quantity) {
        shop.show(listing, quantity, now());
    }

    /** The seller destroys his key. */
    public void revoke() {
        revoked = true;
    }

    private Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }

    // What it answers

    private Reply changes(Call call) {
        var log = shop.log();
        var after = number(call, "after", 0);
        var end = Math.min(log.size(), after + number(call, "limit", MOST));
        var changes = IntStream.range(after, end)
                .mapToObj(at -> Map.of(
                        "seq",
                        at + 1,
                        "order",
                        "B-%06d".formatted(log.get(at).order()),
                        "what",
                        "ORDER_CHANGED",
                        "at",
                        log.get(at).at().toString()))
                .toList();
        var answer = new LinkedHashMap<String, Object>(place(Math.max(after, end)));
        answer.put("changes", changes);
        answer.put("more", end < log.size());
        return Reply.json(200, answer);
    }

    private static Map<String, String> place(int seq) {
        return seq == 0 ? Map.of() : Map.of("next", String.valueOf(seq));
    }

    private Reply orders(Call call) {
        var from = Instant.parse(text(call, "from"));
        var to = Instant.parse(text(call, "to"));
        var within = shop.sales().stream()
                .filter(sale ->
                        !sale.placedAt().isBefore(from) && sale.placedAt().isBefore(to))
                .toList();
        return page(
                call,
                "orders",
                within.stream().map(Sale::id).toList(),
                index -> within.get(index).document());
    }

    private Reply listings(Call call) {
        var offers = shop.offers();
        return page(call, "listings", offers.stream().map(Offer::id).toList(), index -> document(offers.get(index)));
    }

    private Map<String, Object> document(Offer offer) {
        return offer.document(shown().get(offer.id()), offer.mayBeOdd() ? current() : null);
    }

    private interface Documents {
        Map<String, Object> at(int index);
    }

    /** A page begins behind the id where the last one ended. */
    private static Reply page(Call call, String name, List<String> ids, Documents documents) {
        var begin = ids.indexOf(text(call, "after")) + 1;
        var end = Math.min(ids.size(), begin + number(call, "limit", MOST));
        var answer = new LinkedHashMap<String, Object>();
        answer.put(name, IntStream.range(begin, end).mapToObj(documents::at).toList());
        answer.put("total", ids.size());
        if (end < ids.size()) {
            answer.put("next", ids.get(end - 1));
        }
        return Reply.json(200, answer);
    }

    private Reply order(Call call) {
        return shop.sales().stream()
                .filter(sale -> sale.id().equals(call.pathParameter("id")))
                .findFirst()
                .map(sale -> Reply.json(200, sale.document()))
                .orElse(refusal(404, "NO_SUCH_ORDER"));
    }

    private Reply listing(Call call) {
        return shop.offers().stream()
                .filter(offer -> offer.id().equals(call.pathParameter("id")))
                .findFirst()
                .map(offer -> Reply.json(200, document(offer)))
                .orElse(refusal(404, "NO_SUCH_LISTING"));
    }

    private Reply stock(Call call) {
        var asked = call.query().getOrDefault("listing", List.of());
        var shown = shown();
        return asked.size() > MOST
                ? refusal(400, "TOO_MANY")
                : Reply.json(
                        200,
                        Map.of(
                                "stock",
                                asked.stream()
                                        .filter(shown::containsKey)
                                        .map(id -> Map.of("listing", id, "available", shown.get(id)))
                                        .toList()));
    }

    private Reply putStock(Call call) {
        var quantities = JsonMapper.shared().readTree(call.body()).path("quantities");
        if (quantities.isEmpty() || quantities.size() > MOST) {
            return refusal(400, "TOO_MANY");
        }
        var results = new ArrayList<Map<String, Object>>();
        quantities.forEach(entry -> results.add(put(entry)));
        return Reply.json(200, Map.of("results", results));
    }

    private Map<String, Object> put(JsonNode entry) {
        var listing = entry.path("listing").asString("");
        var available = entry.path("available").asInt(-1);
        if (!shown().containsKey(listing)) {
            return Map.of("listing", listing, "done", false, "error", "NO_SUCH_LISTING");
        }
        if (available < 0) {
            return Map.of("listing", listing, "done", false, "error", "NOT_A_QUANTITY");
        }
        if (faults.current().containsKey(Fault.OUT_OF_ORDER)) {
            shop.showLate(listing, available, now());
        } else if (!faults.current().containsKey(Fault.SILENT_NO_OP)) {
            shop.show(listing, available, now());
        }
        return Map.of("listing", listing, "done", true);
    }

    private static Reply refusal(int status, String error) {
        return Reply.json(status, Map.of("error", error));
    }

    private static String text(Call call, String name) {
        var value = Call.first(call.query(), name);
        return value == null ? "" : value;
    }

    private static int number(Call call, String name, int otherwise) {
        var text = text(call, name);
        return text.isEmpty() ? otherwise : Integer.parseInt(text);
    }

    // How it answers

    @Override
    public String prefix() {
        return PREFIX;
    }

    @Override
    public Outcome answer(Call call) throws Exception {
        var match = routes.match(call);
        if (match == null) {
            return new Outcome(PREFIX, refusal(404, "NO_SUCH_ADDRESS"), Delivery.WHOLE);
        }
        var visit = wire.visit(call);
        var before = wire.of(Wire.BEFORE, visit);
        if (before == Fault.TIMEOUT) {
            Thread.sleep(wire.timeout());
            return new Outcome(match.pattern(), Reply.empty(504), Delivery.LOST);
        }
        var reply = before == null ? admitted(match) : hindrance(before);
        var after = wire.of(Wire.AFTER, visit);
        return new Outcome(
                match.pattern(),
                reply,
                after == Fault.ANSWER_LOST
                        ? Delivery.LOST
                        : after == Fault.TRUNCATED ? Delivery.TRUNCATED : Delivery.WHOLE);
    }

    private Reply admitted(Routes.Match match) throws Exception {
        if (revoked || !KEY.equals(match.call().header("X-Bazarek-Key"))) {
            return refusal(401, "WRONG_KEY");
        }
        if (requests.enter() > 0) {
            return refusal(429, "TOO_FAST");
        }
        try {
            return match.handler().handle(match.call());
        } catch (IllegalArgumentException | JacksonException e) {
            return refusal(400, "NOT_UNDERSTOOD");
        }
    }

    private static Reply hindrance(Fault fault) {
        return switch (fault) {
            case TOO_MANY_REQUESTS -> refusal(429, "TOO_FAST");
            case TOO_MANY_REQUESTS_RETRY_AFTER -> refusal(429, "TOO_FAST").with("Retry-After", "1");
            default -> Reply.empty(503);
        };
    }
}
