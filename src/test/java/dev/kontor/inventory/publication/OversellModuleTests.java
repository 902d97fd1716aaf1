package dev.kontor.inventory.publication;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.modulith.test.PublishedEvents;
import org.springframework.transaction.support.TransactionTemplate;

import dev.kontor.HttpCaller;
import dev.kontor.inventory.OversellDetected;
import dev.kontor.inventory.OversellEnded;
import dev.kontor.inventory.items.Item;
import dev.kontor.inventory.ledger.Cause;
import dev.kontor.inventory.ledger.Entry;
import dev.kontor.inventory.ledger.Entry.Change;
import dev.kontor.inventory.ledger.Ledger;
import dev.kontor.inventory.ledger.MovementKind;
import dev.kontor.inventory.oversells.Examination;
import dev.kontor.inventory.oversells.Oversell;
import dev.kontor.inventory.oversells.Oversell.State;
import dev.kontor.inventory.oversells.Oversells;
import dev.kontor.orders.OrderId;

import static dev.kontor.inventory.oversells.Cause.NOT_HEARD;
import static dev.kontor.inventory.oversells.Cause.NOT_WRITTEN;
import static dev.kontor.inventory.oversells.Cause.OBSERVED;
import static dev.kontor.inventory.oversells.Cause.SHOWED_MORE;
import static dev.kontor.inventory.oversells.Cause.TAKEN_AWAY;
import static dev.kontor.inventory.oversells.Cause.UNEXPLAINED;
import static org.assertj.core.api.Assertions.assertThat;

/** What is sold and not there is noticed, explained, and offered with what can be done. */
class OversellModuleTests extends PublicationFixture {

    private static final String PATH = "/api/v1/oversells";

    @LocalServerPort
    int port;

    @Autowired
    Oversells oversells;

    @Autowired
    Examination examination;

    @Autowired
    Ledger ledger;

    @Autowired
    TransactionTemplate transaction;

    HttpCaller caller;

    @BeforeEach
    void login() {
        caller = HttpCaller.nobody(port).login("administrator", "only-for-this-test");
    }

    private void mirror(Item item) {
        caller.send("PUT", "/api/v1/policies/items/" + item.sku(), "{\"strategy\":\"MIRROR\"}");
    }

    /** The newest first. */
    private List<Oversell> of(Item item) {
        return oversells.list(new Oversells.Filter(null, item.id(), null), null, 100);
    }

    private Oversell explained(Item item) {
        examination.examine();
        var found = of(item);
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    /** Orders are followed, and nothing is written. */
    private void follow() {
        duties.due().stream()
                .filter(duty -> duty.name().startsWith("follow"))
                .forEach(duty -> duty.work().getAsBoolean());
    }

    private Entry reservation(String key, Item item, long quantity) {
        return new Entry(
                key,
                stockroom.stock(item),
                MovementKind.RESERVATION,
                new Change.By(0, quantity),
                new Cause("orders", "sold", new OrderId(UUID.randomUUID()), "line of " + key));
    }

    private static String aKey() {
        return UUID.randomUUID().toString();
    }

    // Detection

    @Test
    void theMovementThatMakesItWorseIsWrittenDownOnce(PublishedEvents events) {
        var mug = stockroom.anItemWith(3);
        var first = reservation(aKey(), mug, 2);
        var second = reservation(aKey(), mug, 2);
        ledger.post(List.of(first));
        assertThat(of(mug)).isEmpty();

        ledger.post(List.of(second));
        ledger.post(List.of(second));
        ledger.post(List.of(first, second));

        assertThat(of(mug)).singleElement().satisfies(it -> {
            assertThat(it.units()).isEqualTo(1);
            assertThat(it.order()).isEqualTo(second.cause().order());
            assertThat(it.line()).isEqualTo(second.cause().line());
            assertThat(it.state()).isEqualTo(State.OPEN);
        });
        assertThat(events.ofType(OversellDetected.class)
                        .matching(it -> it.item().equals(mug.id())))
                .hasSize(1);
    }

    @Test
    void whatATransactionMakesUpForItselfIsNone() {
        var mug = stockroom.anItemWith(1);
        var held = reservation(aKey(), mug, 1);
        ledger.post(List.of(held));
        var release = new Entry(aKey(), held.at(), MovementKind.RELEASE, new Change.By(0, -1), held.cause());

        ledger.post(List.of(reservation(aKey(), mug, 1), release));

        assertThat(of(mug)).isEmpty();
    }

    @Test
    void whatIsRolledBackWasNone() {
        var mug = stockroom.anItemWith(1);

        transaction.executeWithoutResult(status -> {
            ledger.post(List.of(reservation(aKey(), mug, 2)));
            status.setRollbackOnly();
        });

        assertThat(of(mug)).isEmpty();
    }

    @Test
    void endsByItselfWhenThereIsEnoughAgain(PublishedEvents events) {
        var mug = stockroom.anItemWith(1);
        ledger.post(List.of(reservation(aKey(), mug, 2), reservation(aKey(), mug, 3)));
        assertThat(of(mug)).extracting(Oversell::units).containsExactly(3L, 1L);

        stockroom.receive(mug, 3);
        assertThat(of(mug)).extracting(Oversell::state).containsOnly(State.OPEN);
        stockroom.receive(mug, 1);

        assertThat(of(mug)).extracting(Oversell::state).containsOnly(State.RESOLVED);
        assertThat(events.ofType(OversellEnded.class).matching(it -> it.item().equals(mug.id())))
                .hasSize(2);
        ledger.post(List.of(reservation(aKey(), mug, 1)));
        assertThat(of(mug)).extracting(Oversell::state).containsExactly(State.OPEN, State.RESOLVED, State.RESOLVED);
    }

    @Test
    void whatNobodyHasCountedIsNotOversold() {
        var mug = stockroom.anItem();
        ledger.post(List.of(reservation(aKey(), mug, 5)));
        assertThat(of(mug)).isEmpty();

        stockroom.post(aKey(), mug, MovementKind.COUNT, new Change.To(3));

        assertThat(of(mug)).singleElement().satisfies(it -> {
            assertThat(it.units()).isEqualTo(2);
            assertThat(it.order()).isNull();
        });
        ledger.post(List.of(reservation(aKey(), mug, 1)));
        assertThat(of(mug)).extracting(Oversell::units).containsExactly(1L, 2L);
    }

    @Test
    void aFirstCountOfWhatIsSoldExactlyIsNone() {
        var mug = stockroom.anItem();
        ledger.post(List.of(reservation(aKey(), mug, 5)));

        stockroom.post(aKey(), mug, MovementKind.COUNT, new Change.To(5));

        assertThat(of(mug)).isEmpty();
    }

    @Test
    void aFirstCountOfNoneIsOversoldByAllThatIsSold() {
        var mug = stockroom.anItem();
        ledger.post(List.of(reservation(aKey(), mug, 5)));

        stockroom.post(aKey(), mug, MovementKind.COUNT, new Change.To(0));
        stockroom.post(aKey(), mug, MovementKind.COUNT, new Change.To(0));

        assertThat(of(mug)).extracting(Oversell::units).containsExactly(5L);
    }

    @Test
    void manyAtOnceAddUpToWhatIsMissing() throws InterruptedException {
        var mug = stockroom.anItemWith(3);
        var failure = new AtomicReference<Throwable>();
        var threads = new ArrayList<Thread>();
        for (int buyer = 0; buyer < 8; buyer++) {
            var entry = reservation(aKey(), mug, 1);
            for (int instance = 0; instance < 2; instance++) {
                threads.add(Thread.ofVirtual()
                        .uncaughtExceptionHandler((thread, e) -> failure.set(e))
                        .start(() -> ledger.post(List.of(entry))));
            }
        }
        for (var thread : threads) {
            thread.join();
        }

        assertThat(failure.get()).isNull();
        assertThat(of(mug)).hasSize(5).extracting(Oversell::units).containsOnly(1L);
    }

    // Causes

    @Test
    void aSaleElsewhereWasNotHeardOf() {
        var one = aStall();
        var other = aStall();
        var mug = stockroom.anItemWith(2);
        mirror(mug);
        var here = list(one, mug, 2);
        var there = list(other, mug, 2);
        work();

        buy(one, here, 2);
        buy(other, there, 2);
        hear(one);
        follow();
        hear(other);
        follow();

        var oversell = explained(mug);
        assertThat(oversell.units()).isEqualTo(2);
        assertThat(oversell.account()).isEqualTo(other.account().id());
        assertThat(oversell.cause()).isEqualTo(NOT_HEARD);
        var finding = oversell.findings().getFirst();
        assertThat(finding.account()).isEqualTo(one.account().id().value());
        assertThat(finding.placedAt()).isBefore(finding.soldAt());
        assertThat(finding.heardAt()).isAfter(finding.soldAt());
        assertThat(finding.gapSeconds())
                .isEqualTo(
                        Duration.between(finding.placedAt(), finding.heardAt()).toMillis() / 1000.0);
    }

    @Test
    void theLowerNumberWasNotWrittenYet() {
        var one = aStall();
        var other = aStall();
        var mug = stockroom.anItemWith(2);
        mirror(mug);
        var here = list(one, mug, 2);
        var there = list(other, mug, 2);
        work();
        buy(one, here, 1);
        hear(one);
        follow();

        buy(other, there, 2);
        hear(other);
        work();

        assertThat(explained(mug)).satisfies(it -> {
            assertThat(it.units()).isEqualTo(1);
            assertThat(it.cause()).isEqualTo(NOT_WRITTEN);
            assertThat(it.findings().getFirst().heardAt())
                    .isBefore(it.findings().getFirst().soldAt());
        });
    }

    @Test
    void anObservedAccountWasNotWrittenTo() {
        var one = aStall();
        var other = aStall();
        mode(other, "OBSERVING");
        var mug = stockroom.anItemWith(2);
        mirror(mug);
        var here = list(one, mug, 2);
        var there = list(other, mug, 2);
        work();
        buy(one, here, 2);
        hear(one);
        work();

        buy(other, there, 1);
        hear(other);
        work();

        assertThat(explained(mug).cause()).isEqualTo(OBSERVED);
    }

    @Test
    void aCountTookAwayWhatWasSold() {
        var one = aStall();
        var mug = stockroom.anItemWith(3);
        mirror(mug);
        var here = list(one, mug, 3);
        work();
        buy(one, here, 2);
        hear(one);
        work();

        stockroom.post(aKey(), mug, MovementKind.COUNT, new Change.To(1));

        assertThat(explained(mug)).satisfies(it -> {
            assertThat(it.units()).isEqualTo(1);
            assertThat(it.order()).isNull();
            assertThat(it.cause()).isEqualTo(TAKEN_AWAY);
            assertThat(it.findings().getFirst().movement()).isEqualTo(it.movement());
        });
    }

    @Test
    void somebodyRaisedTheNumberByHand() {
        var one = aStall();
        var mug = stockroom.anItemWith(2);
        mirror(mug);
        var here = list(one, mug, 2);
        work();
        clock.advance(Duration.ofMinutes(1));

        one.shop().sellerShows(here.externalId(), 5);
        buy(one, here, 5);
        hear(one);
        work();

        assertThat(explained(mug)).satisfies(it -> {
            assertThat(it.units()).isEqualTo(3);
            assertThat(it.cause()).isEqualTo(SHOWED_MORE);
            assertThat(it.findings().getFirst().shown()).isEqualTo(2);
            assertThat(it.findings().getFirst().sold()).isEqualTo(5);
        });
    }

    @Test
    void whatNothingExplainsIsSaidToBeUnexplained() {
        var mug = stockroom.anItemWith(1);
        ledger.post(List.of(reservation(aKey(), mug, 2)));

        var oversell = explained(mug);

        assertThat(oversell.cause()).isEqualTo(UNEXPLAINED);
        assertThat(oversell.findings()).isEmpty();
    }

    // The interface

    @Test
    void isOfferedWithWhoCompetesAndWhatCanBeDone() {
        var one = aStall();
        var other = aStall();
        var mug = stockroom.anItemWith(2);
        mirror(mug);
        var here = list(one, mug, 2);
        var there = list(other, mug, 2);
        work();
        buy(one, here, 2);
        buy(other, there, 1);
        hear(one);
        hear(other);
        work();
        login();
        var id = of(mug).getFirst().id();

        var shown = caller.get(PATH + "/" + id);

        assertThat(shown.status()).as(shown.body()).isEqualTo(200);
        var body = shown.json();
        assertThat(body.path("cause").asString()).isEqualTo("NOT_HEARD");
        assertThat(body.path("explanation").asString()).isNotEmpty();
        assertThat(body.path("oversoldNow").asInt()).isEqualTo(1);
        assertThat(body.path("competitors")
                        .valueStream()
                        .map(it -> it.path("units").asInt()))
                .containsExactly(1, 2);
        assertThat(body.path("actions").valueStream().map(it -> it.path("kind").asString()))
                .containsExactly("CANCEL_ORDER", "RECEIVE_STOCK", "PUT_INTO_ESCROW", "ACKNOWLEDGE");
        assertThat(body.at("/actions/0/candidates/0/account").asString())
                .isEqualTo(other.account().id().toString());

        caller.send("PUT", body.at("/actions/2/path").asString(), "{\"strategy\":\"ESCROW\"}");
        var received = caller.with("Idempotency-Key", aKey())
                .post(
                        body.at("/actions/1/path").asString(),
                        "{\"kind\":\"RECEIPT\",\"quantity\":1,\"reason\":\"more\"}");

        assertThat(received.status()).as(received.body()).isEqualTo(201);
        var after = caller.get(PATH + "/" + id);
        assertThat(after.text("state")).isEqualTo("RESOLVED");
        assertThat(after.header("ETag")).isNotEqualTo(shown.header("ETag"));
        assertThat(after.json()
                        .path("actions")
                        .valueStream()
                        .map(it -> it.path("kind").asString()))
                .containsExactly("ACKNOWLEDGE");
    }

    @Test
    void aManagerAcceptsItWithANote() {
        var mug = stockroom.anItemWith(1);
        ledger.post(List.of(reservation(aKey(), mug, 2)));
        var path = PATH + "/" + explained(mug).id();
        var etag = caller.get(path).header("ETag");
        var key = caller.post("/api/v1/api-keys", Map.of("name", "looks on", "role", "VIEWER"))
                .text("key");
        var viewer = HttpCaller.nobody(port).withKey(key);
        assertThat(viewer.get(path).status()).isEqualTo(200);
        assertThat(viewer.post(path + "/acknowledge", "{\"note\":\"fine\"}").status())
                .isEqualTo(403);
        assertThat(caller.post(path + "/acknowledge", "{}").status()).isEqualTo(400);
        assertThat(caller.post(path + "/acknowledge", "{\"note\":\" \"}")
                        .json()
                        .at("/errors/0/field")
                        .asString())
                .isEqualTo("note");
        assertThat(caller.post(PATH + "/" + UUID.randomUUID() + "/acknowledge", "{\"note\":\"fine\"}")
                        .status())
                .isEqualTo(404);

        var accepted = caller.with("If-Match", etag).post(path + "/acknowledge", "{\"note\":\"told the buyer\"}");

        assertThat(accepted.status()).as(accepted.body()).isEqualTo(200);
        assertThat(accepted.text("state")).isEqualTo("ACKNOWLEDGED");
        assertThat(accepted.text("note")).isEqualTo("told the buyer");
        assertThat(accepted.text("acknowledgedBy")).startsWith("person ");
        assertThat(accepted.text("acknowledgedAt")).isNotEmpty();
        assertThat(caller.post(path + "/acknowledge", "{\"note\":\"told the buyer\"}")
                        .status())
                .isEqualTo(200);
        assertThat(caller.post(path + "/acknowledge", "{\"note\":\"something else\"}")
                        .text("type"))
                .isEqualTo("urn:kontor:problem:oversell-acknowledged");
        var plate = stockroom.anItemWith(1);
        ledger.post(List.of(reservation(aKey(), plate, 2)));
        assertThat(caller.with("If-Match", "\"99\"")
                        .post(PATH + "/" + explained(plate).id() + "/acknowledge", "{\"note\":\"fine\"}")
                        .status())
                .isEqualTo(412);
    }

    @Test
    void listsPageByPageAndAsATable() {
        var mug = stockroom.anItemWith(1);
        for (int number = 0; number < 3; number++) {
            ledger.post(List.of(reservation(aKey(), mug, 2)));
        }
        var path = PATH + "?item=" + mug.sku();

        var first = caller.get(path + "&limit=2").json();
        var rest = caller.get(path + "&limit=2&after=" + first.path("next").asString())
                .json();

        assertThat(first.path("items").valueStream().map(it -> it.path("units").asInt()))
                .containsExactly(2, 2);
        assertThat(rest.path("items").valueStream().map(it -> it.path("units").asInt()))
                .containsExactly(1);
        assertThat(rest.has("next")).isFalse();
        assertThat(caller.get(path + "&state=RESOLVED").json().path("items")).isEmpty();
        assertThat(caller.get(path + "&account=" + UUID.randomUUID()).json().path("items"))
                .isEmpty();
        assertThat(caller.with("Accept", "text/csv").get(path).body().lines()).hasSize(4);
        assertThat(caller.get(PATH + "?state=OVER").status()).isEqualTo(400);
        assertThat(caller.get(PATH + "?item=nothing")
                        .json()
                        .at("/errors/0/field")
                        .asString())
                .isEqualTo("item");
        assertThat(caller.get(PATH + "/" + UUID.randomUUID()).status()).isEqualTo(404);
    }

    @Test
    void measuresTheWindowOfAnAccount() {
        var one = aStall();
        var other = aStall();
        var mug = stockroom.anItemWith(50);
        mirror(mug);
        var here = list(one, mug, 50);
        list(other, mug, 50);
        work();
        var path = "/api/v1/accounts/" + other.account().id() + "/inventory/window";
        assertThat(caller.get(path).json().at("/seenToWritten/measured").asInt())
                .isZero();

        buy(one, here, 3);
        clock.advance(Duration.ofSeconds(14));
        hear(one); // six more
        follow();
        clock.advance(Duration.ofSeconds(3));
        work();

        login();
        var window = caller.get(path).json();
        assertThat(window.at("/placedToSeen/measured").asInt()).isZero();
        assertThat(window.at("/seenToWritten/measured").asInt()).isEqualTo(1);
        assertThat(window.at("/seenToWritten/median").asDouble()).isEqualTo(3);
        assertThat(window.at("/writtenToVerified/measured").asInt()).isEqualTo(1);
        assertThat(window.at("/writtenToVerified/longest").asDouble()).isNotNegative();
        var seller = caller.get("/api/v1/accounts/" + one.account().id() + "/inventory/window")
                .json();
        assertThat(seller.at("/placedToSeen/p95").asDouble()).isEqualTo(20);
        assertThat(caller.get("/api/v1/accounts/" + UUID.randomUUID() + "/inventory/window")
                        .status())
                .isEqualTo(404);
    }
}
