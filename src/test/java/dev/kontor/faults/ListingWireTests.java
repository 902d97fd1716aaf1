package dev.kontor.faults;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import tools.jackson.databind.JsonNode;

import dev.kontor.HttpCaller;
import dev.kontor.sandbox.Sandbox;
import dev.kontor.sandbox.allegro.TrueOffer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What Kontor makes of the simulated Allegro's offers, over the wire. */
@WholeKontor
class ListingWireTests {

    /** The simulated list of offers lags two minutes behind. */
    private static final Duration LIST_LAG = Duration.ofMinutes(3);

    @LocalServerPort
    int port;

    @Autowired
    Sandbox sandbox;

    private HttpCaller kontor;
    private Seller seller;

    @BeforeEach
    void login() {
        kontor = Seller.administrator(port);
        seller = Seller.asked(sandbox, kontor);
    }

    private void connect() {
        seller.confirm();
        Seller.waiting().until(() -> reading().has("readAt"));
    }

    @AfterEach
    void leave() {
        seller.disconnect();
    }

    private JsonNode reading() {
        return kontor.get("/api/v1/accounts/" + seller.account() + "/listings").json();
    }

    private Map<String, TrueOffer> truth() {
        return sandbox.allegro().offers(seller.number()).collect(Collectors.toMap(TrueOffer::id, Function.identity()));
    }

    private List<JsonNode> listings() {
        return seller.items("/api/v1/listings?account=" + seller.account());
    }

    private JsonNode listing(String offer) {
        return listings().stream()
                .filter(it -> it.path("externalId").asString().equals(offer))
                .findFirst()
                .orElseThrow();
    }

    private void readAgain() {
        var before = reading().path("round").asLong();
        Seller.waiting().until(() -> {
            kontor.post("/api/v1/accounts/" + seller.account() + "/listings/read", "");
            var now = reading();
            return now.path("round").asLong() > before
                    && now.path("phase").asString().equals("FINISHED");
        });
    }

    @Test
    void readsEveryOfferOfANewAccountAndTakesItsNumbersForTheTruth() {
        var before = truth();
        sandbox.advance(
                sandbox.scenario().offerListDelay()); // the list tells what was then, and time stands still again
        var truth = truth();
        connect();
        var listings = listings();
        assertThat(listings).hasSameSizeAs(truth.keySet()).allSatisfy(listing -> {
            var offer = truth.get(listing.path("externalId").asString());
            assertThat(listing.path("name").asString()).isEqualTo(offer.name());
            assertThat(listing.path("sku").asString(null)).isEqualTo(offer.sku());
            assertThat(listing.path("shown").asInt(-1)) // as the list told it, or as it was asked for by its id
                    .isIn(before.get(offer.id()).available(), offer.available());
            assertThat(listing.has("goneAt")).isFalse();
        });
        var path = "/api/v1/accounts/" + seller.account() + "/inventory";
        var question = kontor.get(path).json();
        assertThat(question.has("truth")).isFalse();
        assertThat(question.at("/figures/listings").asInt()).isEqualTo(truth.size());

        var answer = "{\"truth\":\"MARKETPLACE\",\"mode\":\"OBSERVING\",\"createItems\":true}";
        var answered = await().until(
                        () -> kontor.send(
                                "PUT", path, answer), // once the orders of the last quarter of an hour are there
                        it -> it.status() != 409);

        assertThat(answered.status()).as(answered.body()).isEqualTo(200);
        assertThat(answered.json().path("counted").asInt()).isPositive();
        var counted = truth.values().stream()
                .filter(offer -> offer.sku() != null && offer.status().equals("ACTIVE"))
                .filter(offer -> truth.values().stream()
                                .filter(other -> offer.sku().equals(other.sku()))
                                .count()
                        == 1)
                .limit(5)
                .toList();
        assertThat(counted)
                .isNotEmpty()
                .allSatisfy(offer -> assertThat(kontor.get("/api/v1/items/"
                                        + listing(offer.id()).path("item").asString() + "/positions")
                                .json()
                                .at("/items/0/available")
                                .asInt(-1))
                        .isIn(before.get(offer.id()).available(), offer.available()));
    }

    private void addItems() {
        var rows = truth().values().stream()
                .map(TrueOffer::sku)
                .filter(Objects::nonNull)
                .map(sku -> "\"" + sku.replace("\"", "\"\"") + "\",Goods")
                .distinct()
                .collect(Collectors.joining("\n", "sku,name\n", "\n"));
        var report = kontor.with("Content-Type", "text/csv").send("POST", "/api/v1/items/import", rows);
        assertThat(report.status()).as(report.body()).isEqualTo(200);
    }

    @Test
    void followsWhatTheSellerShowsAndKeepsWhatEnded() {
        // of what is linked by its SKU nothing else has to be asked, and what was asked is later than what a list tells
        addItems();
        connect();
        var offer = truth().values().stream()
                .filter(it -> it.status().equals("ACTIVE") && it.sku() != null)
                .findFirst()
                .orElseThrow();
        sandbox.allegro().show(seller.number(), offer.id(), 3);
        sandbox.advance(LIST_LAG);

        readAgain();

        assertThat(listing(offer.id()).path("shown").asInt()).isEqualTo(3);
        sandbox.allegro().buy(seller.number(), offer.id(), 3);
        sandbox.advance(LIST_LAG);
        readAgain();
        var sold = listing(offer.id());
        assertThat(sold.path("shown").asInt(-1)).isZero();
        assertThat(sold.path("status").asString()).isEqualTo("SOLD_OUT");
        assertThat(sold.has("goneAt")).isFalse();
    }
}
