package dev.kontor.marketplaces.allegro;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import tools.jackson.databind.node.ObjectNode;

import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Answer.Ok;
import dev.kontor.marketplaces.Connection;
import dev.kontor.marketplaces.Credentials;
import dev.kontor.marketplaces.Cursor;
import dev.kontor.marketplaces.DeviceAuthorization.Decision;
import dev.kontor.marketplaces.DeviceAuthorization.DeviceCode;
import dev.kontor.marketplaces.Drift;
import dev.kontor.marketplaces.HttpStub;
import dev.kontor.marketplaces.Lane;
import dev.kontor.marketplaces.OrderFeed.OrderReading;
import dev.kontor.marketplaces.OrderStatus;
import dev.kontor.marketplaces.Period;
import dev.kontor.marketplaces.Seller;

import static dev.kontor.marketplaces.allegro.AllegroFixtures.aCheckoutForm;
import static dev.kontor.marketplaces.allegro.AllegroFixtures.aList;
import static dev.kontor.marketplaces.allegro.AllegroFixtures.anEvent;
import static org.assertj.core.api.Assertions.assertThat;

/** What the adapter makes of single answers that a simulation would not give on demand. */
@SpringBootTest(
        properties = {
            "kontor.allegro.client-id=the-client",
            "kontor.allegro.client-secret=the-secret",
            "kontor.allegro.app-name=Mój Kontor",
            "kontor.allegro.page-size=3",
            "kontor.exchange.retry.delay=1ms",
            "kontor.exchange.limits.allegro.application.burst=1000",
            "kontor.exchange.limits.allegro.application.per-minute=600000"
        })
class AllegroTests {

    private static final HttpStub stub = new HttpStub();
    private static final Instant NOON = Instant.parse("2026-11-02T12:00:00Z");
    private static final Period DAY = new Period(NOON, NOON.plus(Duration.ofDays(1)));

    @DynamicPropertySource
    static void pointTheAdapterAtTheStub(DynamicPropertyRegistry registry) {
        registry.add("kontor.allegro.api-url", stub::url);
        registry.add("kontor.allegro.auth-url", () -> stub.url() + "/auth/oauth");
    }

    @Autowired
    Allegro allegro;

    @Autowired
    Drift drift;

    private final Connection connection = new Connection(
            UUID.randomUUID(),
            new Credentials(Map.of("access_token", "the-access", "refresh_token", "the-refresh"), null),
            Lane.LIVE_ORDERS);

    @BeforeEach
    void forgetTheLastTest() {
        stub.reset();
    }

    @Test
    void namesItselfAsAllegroDemands() {
        stub.on("/me", 200, "{\"id\":\"44000001\",\"login\":\"shop\",\"email\":\"shop@example.com\"}");

        assertThat(allegro.seller(connection)).isEqualTo(new Ok<>(new Seller("44000001", "shop")));

        var headers = stub.asked().getFirst().headers();
        assertThat(headers.get("User-agent")).containsExactly("Moj-Kontor/0.1.0 (+https://example.org/kontor)");
        assertThat(headers.get("Accept")).containsExactly("application/vnd.allegro.public.v1+json");
        assertThat(headers.get("Authorization")).containsExactly("Bearer the-access");
    }

    @Test
    void readsACheckoutForm() {
        stub.on("/order/checkout-forms/one", 200, aCheckoutForm("one", NOON).toString());

        var order = ((OrderReading.Found) ok(allegro.orders().order("one", connection))).order();

        assertThat(order.externalId()).isEqualTo("one");
        assertThat(order.status()).isEqualTo(OrderStatus.READY);
        assertThat(order.marketplaceStatus()).isEqualTo("READY_FOR_PROCESSING/NEW");
        assertThat(order.placedAt()).isEqualTo(NOON);
        assertThat(order.total().amount()).isEqualByComparingTo("46.97");
        assertThat(order.lines()).singleElement().satisfies(line -> {
            assertThat(line.sku()).isEqualTo("SKU-1");
            assertThat(line.quantity()).isEqualByComparingTo("2");
            assertThat(line.unitPrice().amount()).isEqualByComparingTo("17.99");
        });
        assertThat(order.buyer().searchable())
                .containsExactly(
                        "Jan",
                        "Nowak",
                        "x1+abc@allegromail.pl",
                        "+48500000000",
                        "kup_ujacy",
                        "Anna",
                        "+48500000001",
                        "Firma");
        assertThat(allegro.orderFields().unknown(order.document())).isEmpty();
    }

    @Test
    void oneBrokenOrderCostsOnlyItself() {
        var broken = aCheckoutForm("broken", NOON.plusSeconds(1));
        ((ObjectNode) broken.at("/summary/totalToPay")).put("amount", "a lot");
        stub.on(
                "/order/checkout-forms",
                200,
                aList(3, List.of(aCheckoutForm("a", NOON), broken, aCheckoutForm("c", NOON.plusSeconds(2)))));

        var page = ok(allegro.orders().placedWithin(DAY, null, connection));

        assertThat(page.orders()).extracting("externalId").containsExactly("a", "c");
        assertThat(page.unreadable()).singleElement().satisfies(record -> {
            assertThat(record.externalId()).isEqualTo("broken");
            assertThat(record.reason()).isEqualTo("summary.totalToPay.amount is not a number");
            assertThat(record.raw()).contains("a lot");
            assertThat(record.buyer()).isEqualTo("55000002");
            assertThat(record).asString().doesNotContain("55000002");
        });
    }

    @Test
    void goesOnWhereTheLastPageEndedAndNotAtARowNumber() {
        stub.on("/order/checkout-forms", 200, aList(10, forms("a", NOON, NOON.plusMillis(1), NOON.plusMillis(2))))
                .on(
                        "/order/checkout-forms",
                        200,
                        aList(8, forms("b", NOON.plusMillis(2), NOON.plusMillis(2), NOON.plusMillis(2))))
                .on("/order/checkout-forms", 200, aList(8, forms("c", NOON.plusMillis(2), NOON.plusMillis(3))));

        var first = ok(allegro.orders().placedWithin(DAY, null, connection));
        var second = ok(allegro.orders().placedWithin(DAY, first.next(), connection));
        ok(allegro.orders().placedWithin(DAY, second.next(), connection));

        assertThat(first.total()).isEqualTo(10);
        assertThat(second.total()).isNull();
        assertThat(stub.asked())
                .extracting(asked -> asked.parameters().get("lineItems.boughtAt.gte"))
                .containsExactly("2026-11-02T12:00:00.000Z", "2026-11-02T12:00:00.002Z", "2026-11-02T12:00:00.002Z");
        assertThat(stub.asked())
                .extracting(asked -> asked.parameters().get("offset"))
                .containsExactly("0", "0", "3");
        assertThat(stub.asked())
                .extracting(asked -> asked.parameters().get("lineItems.boughtAt.lte"))
                .containsOnly("2026-11-03T11:59:59.999Z");
        assertThat(stub.asked())
                .extracting(asked -> asked.parameters().get("sort"))
                .containsOnly("lineItems.boughtAt");
    }

    @Test
    void anOrderIsGoneOnlyWhereAllegroSaysSo() {
        stub.on("/order/checkout-forms/merged", 404, "{\"errors\":[{\"code\":\"CheckoutFormNotFoundException\"}]}")
                .on("/order/checkout-forms/html", 404, "<html>no such page</html>")
                .on("/order/checkout-forms/path", 404, "{\"errors\":[{\"code\":\"ResourceNotFoundException\"}]}")
                .on("/order/checkout-forms/bare", 404, "");

        assertThat(allegro.orders().order("merged", connection)).isEqualTo(new Ok<>(new OrderReading.Gone()));
        for (var id : List.of("html", "path", "bare")) {
            assertThat(allegro.orders().order(id, connection)).as(id).isInstanceOf(Answer.Unavailable.class);
        }
    }

    @Test
    void ordersThatCannotBeReadMoveTheListOn() {
        stub.on("/order/checkout-forms", 200, aList(9, broken(forms("a", NOON, NOON, NOON.plusMillis(4)))))
                .on("/order/checkout-forms", 200, aList(7, broken(forms("b", NOON.plusMillis(4), DAY.to(), DAY.to()))));

        var first = ok(allegro.orders().placedWithin(DAY, null, connection));
        var second = ok(allegro.orders().placedWithin(DAY, first.next(), connection));

        assertThat(first.unreadable()).hasSize(3);
        assertThat(first.next()).isEqualTo(new Cursor("2026-11-02T12:00:00.004Z|0"));
        assertThat(second.next()).isEqualTo(new Cursor("2026-11-02T12:00:00.004Z|3")); // what lies outside is no guide
    }

    @Test
    void believesABrokenOrdersTimeOnlyWhereNoOtherLeadsOn() {
        var forms = forms("a", NOON, NOON.plusMillis(1), NOON.plusSeconds(60));
        broken(forms.subList(2, 3));
        stub.on("/order/checkout-forms", 200, aList(9, forms));

        var page = ok(allegro.orders().placedWithin(DAY, null, connection));

        assertThat(page.next()).isEqualTo(new Cursor("2026-11-02T12:00:00.001Z|0"));
    }

    @Test
    void neverAsksBeyondAllegrosHighestOffset() {
        var forms = broken(forms("a", NOON, NOON, NOON));
        forms.forEach(form -> ((ObjectNode) form.at("/lineItems/0")).put("boughtAt", "yesterday"));
        stub.on("/order/checkout-forms", 200, aList(20_000, forms));

        var late = new Cursor("2026-11-02T12:00:00.000Z|9996");
        var last = ok(allegro.orders().placedWithin(DAY, late, connection));
        ok(allegro.orders().placedWithin(DAY, new Cursor("2026-11-02T12:00:00.000Z|10000"), connection));
        var end = ok(allegro.orders().placedWithin(DAY, new Cursor("2026-11-03T11:59:59.999Z|9996"), connection));

        assertThat(last.next()).isEqualTo(new Cursor("2026-11-02T12:00:00.001Z|0"));
        assertThat(stub.asked())
                .extracting(asked -> asked.parameters().get("offset"))
                .containsExactly("9996", "0", "9996");
        assertThat(end.next()).isNull();
    }

    @Test
    void keepsNoTraceOfTheBuyersNumberInWhatIsOpen() {
        var form = aCheckoutForm("one", NOON);
        stub.on("/order/checkout-forms/one", 200, form.toString());

        var order = ((OrderReading.Found) ok(allegro.orders().order("one", connection))).order();
        var masked = allegro.orderFields().split(order.document()).masked();
        var again = ((OrderReading.Found) allegro.orders().interpret(masked, NOON)).order();

        assertThat(order.buyer().id()).isEqualTo("55000002");
        assertThat(masked.toString()).doesNotContain("55000002");
        assertThat(again.buyer().id()).isNull();
        assertThat(again.buyer().searchable()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/lineItems/0, quantity, 1000000000, quantity is out of range",
        "/lineItems/0, quantity, 0.0001, quantity is out of range",
        "/lineItems/0, quantity, -1e30, quantity is out of range",
        "/lineItems/0, boughtAt, 9999-01-01T00:00:00Z, lineItems[0].boughtAt is not a sensible time",
        "/lineItems/0, boughtAt, 0001-01-01T00:00:00Z, lineItems[0].boughtAt is not a sensible time",
        "/lineItems/0/price, amount, 1.00001, unitPrice is out of range",
        "/summary/totalToPay, amount, 1000000000000000, total is out of range",
        "/summary/totalToPay, amount, 1e39, total is out of range"
    })
    void keepsAnOrderBeyondReasonAsUnreadable(String parent, String field, String value, String reason) {
        var form = aCheckoutForm("odd", NOON);
        ((ObjectNode) form.at(parent)).put(field, value);
        stub.on("/order/checkout-forms/odd", 200, form.toString());

        assertThat(ok(allegro.orders().order("odd", connection)))
                .isInstanceOfSatisfying(
                        OrderReading.Unreadable.class,
                        it -> assertThat(it.unreadable().reason()).isEqualTo(reason));
    }

    @Test
    void keepsTheLargestAndFinestThatIsStillSensible() {
        var form = aCheckoutForm("large", NOON);
        ((ObjectNode) form.at("/lineItems/0")).put("quantity", "999999999.9990000");
        ((ObjectNode) form.at("/summary/totalToPay")).put("amount", "999999999999999.9999");
        stub.on("/order/checkout-forms/large", 200, form.toString());

        assertThat(ok(allegro.orders().order("large", connection))).isInstanceOf(OrderReading.Found.class);
    }

    @Test
    void keepsAnOrderWithSignsThatNoDatabaseStores() {
        var form = aCheckoutForm("signs", NOON).put("messageToSeller", "a\u0000b \ud83d\ude00 ");
        ((ObjectNode) form.at("/lineItems/0/offer")).put("name", "Ku\u0000bek");
        stub.on("/order/checkout-forms/signs", 200, form.toString().replace("Anna", "An\\ud83dna"));

        var order = ((OrderReading.Found) ok(allegro.orders().order("signs", connection))).order();

        assertThat(order.lines().getFirst().name()).isEqualTo("Ku\uFFFDbek");
        assertThat(order.document().path("messageToSeller").stringValue()).isEqualTo("a\uFFFDb \ud83d\ude00 ");
        assertThat(order.document().at("/delivery/address/firstName").stringValue())
                .isEqualTo("An\uFFFDna");
        assertThat(order.document().toString()).doesNotContain("\\u0000");
        assertThat(drift.sightings())
                .extracting("name")
                .contains(
                        "lineItems[].offer.name (signs that cannot be stored)",
                        "messageToSeller (signs that cannot be stored)",
                        "delivery.address.firstName (signs that cannot be stored)");
    }

    @Test
    void presentsARefreshTokenOnce() {
        stub.on("/auth/oauth/token", 502, "").on("/auth/oauth/token", 200, "{}");

        var answer = authorization().renew(connection.account(), connection.credentials());

        assertThat(answer).isInstanceOf(Answer.Unavailable.class);
        assertThat(stub.asked()).hasSize(1);
    }

    @Test
    void keepsAndCountsWhatItDoesNotKnow() {
        var form = aCheckoutForm("odd", NOON).put("status", "TELEPORTED").put("novelty", 1);
        stub.on("/order/checkout-forms/odd", 200, form.toString());

        var order = ((OrderReading.Found) ok(allegro.orders().order("odd", connection))).order();

        assertThat(order.status()).isEqualTo(OrderStatus.UNKNOWN);
        assertThat(order.marketplaceStatus()).isEqualTo("TELEPORTED/NEW");
        assertThat(order.document().path("novelty").intValue()).isEqualTo(1);
        assertThat(drift.sightings()).extracting("name").contains("novelty", "TELEPORTED/NEW");
    }

    @Test
    void oneBrokenEventCostsOnlyItself() {
        stub.on(
                "/order/events",
                200,
                "{\"events\":[%s,{\"id\":\"2\",\"type\":\"BOUGHT\"},%s]}"
                        .formatted(anEvent("1", "one", NOON), anEvent("3", "three", NOON)));

        var page = ok(allegro.orders().changesSince(new Cursor("0"), connection));

        assertThat(page.changes()).extracting("order").containsExactly("one", "three");
        assertThat(page.unreadable())
                .singleElement()
                .satisfies(record -> assertThat(record.reason()).isEqualTo("order.checkoutForm.id is missing"));
        assertThat(page.next()).isEqualTo(new Cursor("3"));
        assertThat(page.more()).isFalse();
        assertThat(stub.asked().getFirst().parameters())
                .containsEntry("from", "0")
                .containsEntry("limit", "1000");
    }

    @Test
    void saysWhatTheSellerDecided() {
        var token = "{\"access_token\":\"a\",\"refresh_token\":\"r\",\"expires_in\":43199}";
        stub.on("/auth/oauth/token", 400, "{\"error\":\"authorization_pending\"}")
                .on("/auth/oauth/token", 400, "{\"error\":\"slow_down\"}")
                .on("/auth/oauth/token", 400, "{\"error\":\"access_denied\"}")
                .on("/auth/oauth/token", 400, "{\"error\":\"expired_token\"}")
                .on(
                        "/auth/oauth/token",
                        400,
                        "{\"error\":\"invalid_request\",\"error_description\":\"Invalid device code\"}")
                .on("/auth/oauth/token", 502, "<html>Bad gateway</html>")
                .on("/auth/oauth/token", 200, token);
        var code = new DeviceCode("device", "user", stub.url(), NOON, Duration.ofSeconds(5));

        var answers = IntStream.range(0, 7)
                .mapToObj(ignored -> authorization().poll(connection.account(), code))
                .toList();

        assertThat(answers.subList(0, 5))
                .extracting(answer -> (Object) ok(answer).getClass())
                .containsExactly(
                        Decision.Pending.class,
                        Decision.SlowDown.class,
                        Decision.Refused.class,
                        Decision.Expired.class,
                        Decision.Expired.class);
        assertThat(answers.get(5)).isInstanceOf(Answer.Unavailable.class);
        assertThat(((Decision.Granted) ok(answers.get(6))).credentials().secret("refresh_token"))
                .isEqualTo("r");
        assertThat(stub.asked().getFirst().parameters())
                .containsEntry("grant_type", "urn:ietf:params:oauth:grant-type:device_code")
                .containsEntry("device_code", "device");
        assertThat(stub.asked().getFirst().headers().get("Authorization"))
                .containsExactly("Basic dGhlLWNsaWVudDp0aGUtc2VjcmV0");
    }

    @Test
    void aDeadRefreshTokenIsUnauthorizedAndNeverQuoted() {
        stub.on(
                "/auth/oauth/token",
                400,
                "{\"error\":\"invalid_grant\",\"error_description\":\"Invalid refresh token: the-refresh\"}");

        var answer = authorization().renew(connection.account(), connection.credentials());

        assertThat(answer).isInstanceOf(Answer.Unauthorized.class);
        assertThat(answer.failure()).doesNotContain("the-refresh");
    }

    @Test
    void aWrongClientSecretIsNotTheSellersFault() {
        stub.on("/auth/oauth/token", 401, "{\"error\":\"invalid_client\"}");

        var answer = authorization().renew(connection.account(), connection.credentials());

        assertThat(answer.failure()).contains("KONTOR_ALLEGRO_CLIENT_SECRET").startsWith("rejected");
    }

    private AllegroDeviceAuthorization authorization() {
        return (AllegroDeviceAuthorization) allegro.authorizations().getFirst();
    }

    private static List<ObjectNode> forms(String prefix, Instant... boughtAt) {
        return IntStream.range(0, boughtAt.length)
                .mapToObj(index -> aCheckoutForm(prefix + index, boughtAt[index]))
                .toList();
    }

    private static List<ObjectNode> broken(List<ObjectNode> forms) {
        forms.forEach(form -> form.remove("status"));
        return forms;
    }

    private static <T> T ok(Answer<T> answer) {
        assertThat(answer).isInstanceOf(Ok.class);
        return ((Ok<T>) answer).value();
    }
}
