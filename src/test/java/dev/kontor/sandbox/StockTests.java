package dev.kontor.sandbox;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.kontor.sandbox.allegro.TrueOffer;
import dev.kontor.sandbox.world.Fault;

import static org.assertj.core.api.Assertions.assertThat;

/** The simulated Allegro's offers: what buyers, the seller and his programs do to them. */
class StockTests {

    private final List<Sandbox> started = new ArrayList<>();
    private final Sandbox sandbox = start();
    private final AllegroClient client = AllegroClient.connected(sandbox);
    private final String mug = offers("ACTIVE").getFirst().id();

    @TempDir
    Path directory;

    @AfterEach
    void stop() {
        started.forEach(Sandbox::close);
    }

    private Sandbox start(String... settings) {
        var all = new ArrayList<>(List.of(
                "orders=50",
                "merges=0",
                "catalog=60",
                "live-orders-per-minute=0",
                "speed=0",
                "decision=wait",
                "start=2026-10-01T00:00:00Z",
                "slow-edits=0"));
        all.addAll(List.of(settings));
        var fresh = Sandbox.start(Scenario.of(all.toArray(String[]::new)));
        started.add(fresh);
        return fresh;
    }

    private List<TrueOffer> offers(String status) {
        return sandbox.allegro()
                .offers(0)
                .filter(it -> it.status().equals(status))
                .toList();
    }

    private TrueOffer offer(String id) {
        return sandbox.allegro()
                .offers(0)
                .filter(it -> it.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private JsonNode parts(String id) {
        return client.ok("/sale/product-offers/" + id + "/parts?include=stock")
                .path("stock")
                .path("available");
    }

    private AllegroClient.Answer edit(String body) {
        return client.patch("/sale/product-offers/" + mug, body);
    }

    private static String command(String type, int value, String... offers) {
        return JsonMapper.shared()
                .writeValueAsString(Map.of(
                        "modification",
                        Map.of("changeType", type, "value", value),
                        "offerCriteria",
                        List.of(Map.of(
                                "type",
                                "CONTAINS_OFFERS",
                                "offers",
                                List.of(offers).stream()
                                        .map(it -> Map.of("id", it))
                                        .toList()))));
    }

    private String change(String type, int value, String... offers) {
        var path = "/sale/offer-quantity-change-commands/" + UUID.randomUUID();
        assertThat(client.put(path, command(type, value, offers)).status()).isEqualTo(201);
        return path;
    }

    private List<String> tasks(String path) {
        return client.ok(path + "/tasks")
                .path("tasks")
                .valueStream()
                .map(it -> it.path("status").asString())
                .toList();
    }

    // Buyers

    @Test
    void aPurchaseTakesFromTheStockAtOnce() {
        sandbox.allegro().show(0, mug, 10);

        assertThat(sandbox.allegro().buy(0, mug, 3)).isEqualTo(3);

        assertThat(parts(mug).asInt()).isEqualTo(7);
        var newest = client.ok("/order/events?limit=1000")
                .path("events")
                .valueStream()
                .toList()
                .getLast();
        assertThat(newest.path("type").asString()).isEqualTo("BOUGHT");
        var line = newest.path("order").path("lineItems").path(0);
        assertThat(line.path("offer").path("id").asString()).isEqualTo(mug);
        assertThat(line.path("quantity").asInt()).isEqualTo(3);
    }

    @Test
    void theLastUnitEndsTheOfferAndNobodyBuysMoreThanThereIs() {
        sandbox.allegro().show(0, mug, 2);
        var orders = sandbox.allegro().orders().size();

        assertThat(sandbox.allegro().buy(0, mug, 5)).isEqualTo(2);
        assertThat(sandbox.allegro().buy(0, mug, 1)).isZero();

        assertThat(offer(mug).status()).isEqualTo("ENDED");
        assertThat(client.ok("/sale/product-offers/" + mug)
                        .path("publication")
                        .path("endedBy")
                        .asString())
                .isEqualTo("EMPTY_STOCK");
        assertThat(sandbox.allegro().orders()).hasSize(orders + 1);
    }

    @Test
    void whatBuyersOfTheStoryTakeIsWhatIsMissing() {
        offers("ACTIVE").forEach(it -> sandbox.allegro().show(0, it.id(), 20));
        var before = offers("ACTIVE").stream().mapToInt(TrueOffer::available).sum();

        var ids = sandbox.allegro().buy(0, 100);

        var sold = ids.stream()
                .flatMap(it -> client.ok("/order/checkout-forms/" + it)
                        .path("lineItems")
                        .valueStream())
                .mapToInt(it -> it.path("quantity").asInt())
                .sum();
        var after = sandbox.allegro()
                .offers(0)
                .filter(it -> !it.status().equals("INACTIVE"))
                .filter(it -> it.available() <= 20)
                .mapToInt(TrueOffer::available)
                .sum();
        assertThat(sold).isPositive();
        assertThat(after).isEqualTo(before - sold);
    }

    @Test
    void nobodyBuysFromAnEmptyShop() {
        sandbox.allegro().offers(0).forEach(it -> sandbox.allegro().show(0, it.id(), 0));
        var orders = sandbox.allegro().orders();

        assertThat(sandbox.allegro().buy(0, 5)).isEmpty();

        assertThat(sandbox.allegro().orders()).isEqualTo(orders);
        assertThat(client.ok("/order/checkout-forms").path("totalCount").asInt())
                .isEqualTo(orders.size());
    }

    // The list

    @Test
    void theListLagsBehindAndTheSingleOfferDoesNot() {
        sandbox.allegro().show(0, mug, 33);

        var path = "/sale/offers?offer.id=" + mug;
        var before = client.ok(path).path("offers").path(0).path("stock").path("available");
        assertThat(before.asInt()).isNotEqualTo(33);
        assertThat(parts(mug).asInt()).isEqualTo(33);

        sandbox.advance(Duration.ofMinutes(3));
        assertThat(client.ok(path)
                        .path("offers")
                        .path(0)
                        .path("stock")
                        .path("available")
                        .asInt())
                .isEqualTo(33);
    }

    @Test
    void theListIsPagedAndFiltered() {
        var all = client.ok("/sale/offers?limit=1000");
        assertThat(all.path("offers")).hasSize(60);
        assertThat(all.path("totalCount").asInt()).isEqualTo(60);
        assertThat(client.ok("/sale/offers").path("offers")).hasSize(20);

        var page = client.ok("/sale/offers?limit=7&offset=5").path("offers");

        assertThat(page).hasSize(7);
        assertThat(page.path(0)).isEqualTo(all.path("offers").path(5));
        assertThat(client.ok("/sale/offers?publication.status=ENDED")
                        .path("totalCount")
                        .asInt())
                .isEqualTo(offers("ENDED").size());
        assertThat(client.get("/sale/offers?limit=1001").status()).isEqualTo(422);
    }

    // Edits

    @Test
    void zeroEndsTheOfferAndOnlyAnActivationBringsItBack() {
        assertThat(edit("{\"stock\":{\"available\":0}}").status()).isEqualTo(200);
        assertThat(offer(mug).status()).isEqualTo("ENDED");

        edit("{\"stock\":{\"available\":5}}");
        assertThat(offer(mug).status()).isEqualTo("ENDED");
        assertThat(sandbox.allegro().buy(0, mug, 1)).isZero();

        edit("{\"stock\":{\"available\":5},\"publication\":{\"status\":\"ACTIVE\"}}");
        assertThat(sandbox.allegro().buy(0, mug, 1)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"stock\":{\"available\":-1}}', 422",
        "'{\"stock\":{\"available\":\"many\"}}', 422",
        "'{\"stock\":{\"available\":0},\"publication\":{\"status\":\"ACTIVE\"}}', 422",
        "'{\"publication\":{\"status\":\"SOLD\"}}', 422",
        "'7', 400"
    })
    void refusesEditsThatMakeNoSense(String body, int status) {
        assertThat(edit(body).status()).isEqualTo(status);
    }

    @Test
    void aSlowEditIsAnsweredWithAnOperationAndRefusesOthersMeanwhile() {
        var slow = start("slow-edits=1");
        var other = AllegroClient.connected(slow);
        var path = "/sale/product-offers/" + mug;

        var accepted = other.patch(path, "{\"stock\":{\"available\":4}}");

        assertThat(accepted.status()).isEqualTo(202);
        assertThat(accepted.raw().headers().firstValue("Retry-After")).isPresent();
        var location = accepted.raw().headers().firstValue("Location").orElseThrow();
        var operation = path + location.substring(location.indexOf("/operations/"));
        assertThat(other.get(operation).status()).isEqualTo(202);
        assertThat(other.patch(path, "{\"stock\":{\"available\":6}}").status()).isEqualTo(409);

        slow.advance(Duration.ofMinutes(1));
        assertThat(other.get(operation).status()).isEqualTo(303);
        assertThat(other.ok(path + "/parts?include=stock")
                        .path("stock")
                        .path("available")
                        .asInt())
                .isEqualTo(4);
    }

    @Test
    void anUnknownOfferIsNotFound() {
        var answer = client.get("/sale/product-offers/19999999999/parts?include=stock");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body().path("errors").path(0).path("code").asString()).isEqualTo("OfferNotFoundException");
        assertThat(client.get("/sale/product-offers/" + mug + "/parts").status())
                .isEqualTo(422);
    }

    // Commands

    @Test
    void aCommandTakesAWhile() {
        var other = offers("ACTIVE").get(1).id();
        sandbox.allegro().show(0, mug, 10);
        sandbox.allegro().show(0, other, 20);

        var path = change("GAIN", -3, mug, other);

        assertThat(client.ok(path).path("taskCount").path("total").asInt()).isZero();
        assertThat(parts(mug).asInt()).isEqualTo(10);
        sandbox.advance(Duration.ofSeconds(10));
        var report = client.ok(path);
        assertThat(report.path("taskCount").path("success").asInt()).isEqualTo(2);
        assertThat(report.path("completedAt").asString("")).isNotEmpty();
        assertThat(tasks(path)).containsExactly("SUCCESS", "SUCCESS");
        assertThat(parts(mug).asInt()).isEqualTo(7);
        assertThat(parts(other).asInt()).isEqualTo(17);
    }

    @Test
    void aCommandsIdIsUsedOnce() {
        sandbox.allegro().show(0, mug, 10);
        var path = change("GAIN", 1, mug);

        assertThat(client.put(path, command("GAIN", 1, mug)).status()).isEqualTo(409);

        sandbox.advance(Duration.ofMinutes(1));
        assertThat(parts(mug).asInt()).isEqualTo(11);
    }

    @Test
    void aTaskFailsAloneWhereItsOfferIsUnknownOrHasTooFew() {
        var other = offers("ACTIVE").get(1).id();
        sandbox.allegro().show(0, mug, 10);
        sandbox.allegro().show(0, other, 5);

        var path = change("GAIN", -5, mug, other, "19999999999");
        sandbox.advance(Duration.ofMinutes(1));

        assertThat(tasks(path)).containsExactly("SUCCESS", "FAIL", "FAIL");
        assertThat(parts(other).asInt()).isEqualTo(5);
    }

    @Test
    void refusesCommandsThatMakeNoSense() {
        var path = "/sale/offer-quantity-change-commands/";
        assertThat(client.put(path + "one", command("FIXED", 1, mug)).status()).isEqualTo(400);
        assertThat(client.put(path + UUID.randomUUID(), command("FIXED", 0, mug))
                        .status())
                .isEqualTo(422);
        assertThat(client.put(path + UUID.randomUUID(), command("DOUBLE", 2, mug))
                        .status())
                .isEqualTo(422);
        assertThat(client.put(path + UUID.randomUUID(), command("FIXED", 1)).status())
                .isEqualTo(422);
        var many = IntStream.range(0, 1_001).mapToObj(String::valueOf).toArray(String[]::new);
        assertThat(client.put(path + UUID.randomUUID(), command("FIXED", 1, many))
                        .status())
                .isEqualTo(422);
        assertThat(client.get(path + UUID.randomUUID()).status()).isEqualTo(404);
    }

    @Test
    void aSellerMayChangeNineThousandQuantitiesAMinute() {
        var many = IntStream.range(0, 1_000).mapToObj(String::valueOf).toArray(String[]::new);
        for (var i = 0; i < 9; i++) {
            change("FIXED", 1, many);
        }

        var answer = client.put("/sale/offer-quantity-change-commands/" + UUID.randomUUID(), command("FIXED", 1, mug));

        assertThat(answer.status()).isEqualTo(429);
        assertThat(client.get("/sale/offers").status()).isEqualTo(200);
    }

    // Faults

    @Test
    void aSilentNoOpIsToldAsDone() {
        sandbox.allegro().show(0, mug, 10);
        sandbox.allegro().faults(Map.of(Fault.SILENT_NO_OP, 1.0));
        sandbox.advance(Duration.ofMillis(5));

        assertThat(edit("{\"stock\":{\"available\":4}}").status()).isEqualTo(200);
        var path = change("FIXED", 5, mug);
        sandbox.advance(Duration.ofMinutes(1));

        assertThat(tasks(path)).containsExactly("SUCCESS");
        assertThat(parts(mug).asInt()).isEqualTo(10);
    }

    @Test
    void anOlderCommandMayOvertakeAYoungerOne() {
        sandbox.allegro().faults(Map.of(Fault.OUT_OF_ORDER, 1.0));
        sandbox.advance(Duration.ofMillis(5));
        var older = change("FIXED", 4, mug);
        sandbox.allegro().faults(Map.of());
        sandbox.advance(Duration.ofMillis(5));
        change("FIXED", 9, mug);

        sandbox.advance(Duration.ofSeconds(20));
        assertThat(parts(mug).asInt()).isEqualTo(9);
        assertThat(tasks(older)).containsExactly("NEW");

        sandbox.advance(Duration.ofMinutes(4));
        assertThat(parts(mug).asInt()).isEqualTo(4);
        assertThat(tasks(older)).containsExactly("SUCCESS");
    }

    @Test
    void aStuckCommandHangsForMostOfAnHour() {
        sandbox.allegro().faults(Map.of(Fault.STUCK_COMMAND, 1.0));
        sandbox.advance(Duration.ofMillis(5));
        var path = change("FIXED", 4, mug);

        sandbox.advance(Duration.ofMinutes(9));
        assertThat(tasks(path)).containsExactly("NEW");
        sandbox.advance(Duration.ofMinutes(45));
        assertThat(tasks(path)).containsExactly("SUCCESS");
    }

    // The story

    @Test
    void theSameSeedAndTheSameDeedsTellTheSameStory() {
        assertThat(busy(start("live-orders-per-minute=60", "faults.out-of-order=0.3")))
                .isEqualTo(busy(start("live-orders-per-minute=60", "faults.out-of-order=0.3")));
    }

    private static Map<String, Integer> busy(Sandbox sandbox) {
        var client = AllegroClient.connected(sandbox);
        var offers = sandbox.allegro().offers(0).map(TrueOffer::id).toList();
        for (var round = 0; round < 20; round++) {
            sandbox.advance(Duration.ofMinutes(1));
            client.put(
                    "/sale/offer-quantity-change-commands/" + UUID.randomUUID(),
                    command("FIXED", 5 + round, offers.get(round), offers.get(round + 1)));
            client.patch("/sale/product-offers/" + offers.get(round + 20), "{\"stock\":{\"available\":3}}");
        }
        sandbox.advance(Duration.ofHours(1));
        return stock(sandbox);
    }

    private static Map<String, Integer> stock(Sandbox sandbox) {
        return sandbox.allegro().offers(0).collect(Collectors.toMap(TrueOffer::id, TrueOffer::available));
    }

    @Test
    void theStockIsThereAgainAfterAKill() {
        var settings = new String[] {"directory=" + directory, "live-orders-per-minute=60"};
        var before = start(settings);
        var known = busy(before);
        var orders = before.allegro().orders();

        var after = start(settings);

        assertThat(stock(after)).isEqualTo(known);
        assertThat(after.allegro().orders()).isEqualTo(orders);
    }

    // Behind the scenes

    @Test
    void theControlInterfaceBuysShowsAndTells() {
        assertThat(client.control("PUT", "/allegro/offers/" + mug + "/stock", "{\"available\":5}")
                        .status())
                .isEqualTo(204);
        assertThat(client.control("POST", "/allegro/offers/" + mug + "/buy", "{\"quantity\":2}")
                        .body()
                        .path("bought")
                        .asInt())
                .isEqualTo(2);
        assertThat(client.control("PUT", "/allegro/offers/1/stock", "{\"available\":5}")
                        .status())
                .isEqualTo(400);

        var told = client.control("GET", "/allegro/offers", "")
                .raw()
                .body()
                .lines()
                .map(JsonMapper.shared()::readTree)
                .filter(it -> it.path("id").asString().equals(mug))
                .findFirst()
                .orElseThrow();

        assertThat(told.path("available").asInt()).isEqualTo(3);
    }
}
