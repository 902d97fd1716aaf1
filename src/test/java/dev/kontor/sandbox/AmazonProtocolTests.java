package dev.kontor.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** The simulated Amazon is as strict as the real one. */
class AmazonProtocolTests {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String ORDERS = "/amazon/orders/2026-01-01/orders";
    private static final String ALL = "includedData=BUYER,RECIPIENT,PROCEEDS,CANCELLATION,FULFILLMENT,PACKAGES";
    private static final String LONG_AGO = "createdAfter=2020-01-01T00:00:00Z";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Sandbox sandbox = Sandbox.start(Scenario.of(
            "orders=10",
            "live-orders-per-minute=0",
            "speed=0",
            "live-pace=100000",
            "wix.orders=1",
            "wix.live-orders-per-minute=0",
            "amazon.orders=60",
            "amazon.live-orders-per-minute=0"));
    private final String token = token(sandbox.amazon().entries().get("refreshToken"))
            .body()
            .path("access_token")
            .asString("");

    private record Answer(int status, JsonNode body, HttpResponse<String> raw) {
        List<JsonNode> orders() {
            return body.path("orders").valueStream().toList();
        }

        String error() {
            return body.path("errors").path(0).path("code").asString("");
        }
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    // Tokens

    @Test
    void givesATokenForAnHour() {
        assertThat(search(LONG_AGO).status()).isEqualTo(200);

        sandbox.advance(Duration.ofMinutes(61));

        var refused = search(LONG_AGO);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.error()).isEqualTo("Unauthorized");
        assertThat(refused.body().path("errors").path(0).path("details").asString(""))
                .contains("expired");
    }

    @Test
    void knowsOneApplicationAndOneSeller() {
        assertThat(token("Atzr|somebody-else").body().path("error").asString(""))
                .isEqualTo("invalid_grant");
        assertThat(send("POST", "/amazon/auth/o2/token", "grant_type=refresh_token&client_id=x&client_secret=y")
                        .body()
                        .path("error")
                        .asString(""))
                .isEqualTo("invalid_client");
        assertThat(send("GET", ORDERS + "?" + LONG_AGO, "").error()).isEqualTo("MissingInput");
    }

    @Test
    void aPermissionTakenBackIsGoneForGood() {
        var before = sandbox.amazon().entries();

        sandbox.amazon().revoke();

        assertThat(search(LONG_AGO).status()).isEqualTo(403);
        assertThat(token(before.get("refreshToken")).status()).isEqualTo(400);
        assertThat(token(sandbox.amazon().entries().get("refreshToken")).status())
                .isEqualTo(200);
    }

    // Limits

    @Test
    void permitsMoreWhereAmazonGrantsItAndSaysSo() {
        for (var search = 0; search < 20; search++) {
            search(LONG_AGO);
        }
        assertThat(search(LONG_AGO).status()).isEqualTo(429);

        sandbox.amazon().grant("searchOrders", 0.5);
        sandbox.advance(Duration.ofSeconds(2));

        var permitted = search(LONG_AGO);
        assertThat(permitted.status()).isEqualTo(200);
        assertThat(permitted.raw().headers().firstValue("x-amzn-RateLimit-Limit"))
                .contains("0.5");
        sandbox.amazon().grant("searchOrders", 0);
        sandbox.advance(Duration.ofSeconds(2));
        assertThat(search(LONG_AGO).status()).isEqualTo(429);
    }

    @Test
    void permitsTwentySearchesAndThenOneInThreeMinutes() {
        for (var search = 0; search < 20; search++) {
            var answer = search(LONG_AGO);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.raw().headers().firstValue("x-amzn-RateLimit-Limit"))
                    .contains("0.0056");
            assertThat(answer.raw().headers().firstValue("x-amzn-RequestId")).isPresent();
        }

        var refused = search(LONG_AGO);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.error()).isEqualTo("QuotaExceeded");
        assertThat(refused.raw().headers().firstValue("Retry-After")).isEmpty();
        assertThat(order(sandbox.amazon().buy(1).getFirst()).status()).isEqualTo(200);

        sandbox.advance(Duration.ofSeconds(179));
        assertThat(search(LONG_AGO).status()).isEqualTo(200);
        assertThat(search(LONG_AGO).status()).isEqualTo(429);
    }

    // Searches

    @Test
    void tellsOfAnOrderTwoMinutesLate() {
        var since = "lastUpdatedAfter=" + sandbox.now().minusSeconds(60).truncatedTo(ChronoUnit.SECONDS);
        var bought = sandbox.amazon().buy(2);
        sandbox.advance(Duration.ofSeconds(100));
        assertThat(ids(search("lastUpdatedAfter=" + sandbox.now().minus(Duration.ofDays(1)))))
                .doesNotContainAnyElementsOf(bought);
        assertThat(order(bought.getFirst()).status()).isEqualTo(200);

        sandbox.advance(Duration.ofSeconds(30));

        var answer = search(since);
        assertThat(ids(answer)).containsAll(bought);
        assertThat(Instant.parse(answer.body().path("lastUpdatedBefore").asString("")))
                .isEqualTo(sandbox.now().minus(Duration.ofMinutes(2)));
    }

    @Test
    void tellsPageByPageAndEachOrderOnce() {
        var told = new ArrayList<String>();
        var next = "";
        do {
            var answer =
                    search(LONG_AGO + "&maxResultsPerPage=25" + (next.isEmpty() ? "" : "&paginationToken=" + next));
            assertThat(answer.orders()).hasSizeLessThanOrEqualTo(25);
            told.addAll(ids(answer));
            next = answer.body().path("pagination").path("nextToken").asString("");
        } while (!next.isEmpty());

        assertThat(told).doesNotHaveDuplicates();
        assertThat(new HashSet<>(told))
                .isEqualTo(sandbox.amazon().orders().map(order -> order.id()).collect(Collectors.toSet()));
    }

    @Test
    void aTokenBelongsToItsQuestionAndLivesForADay() {
        var token = search(LONG_AGO + "&maxResultsPerPage=5")
                .body()
                .path("pagination")
                .path("nextToken")
                .asString("");

        assertThat(search(LONG_AGO + "&maxResultsPerPage=9&paginationToken=" + token)
                        .status())
                .isEqualTo(200);
        assertThat(search("createdAfter=2021-01-01T00:00:00Z&paginationToken=" + token)
                        .error())
                .isEqualTo("InvalidInput");

        sandbox.advance(Duration.ofHours(25));
        var fresh = token(sandbox.amazon().entries().get("refreshToken"))
                .body()
                .path("access_token")
                .asString("");
        assertThat(send("GET", ORDERS + "?" + LONG_AGO + "&paginationToken=" + token, "", "x-amz-access-token", fresh)
                        .error())
                .isEqualTo("InvalidInput");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            maxResultsPerPage=10
            createdAfter=2026-01-01T00:00:00Z&lastUpdatedAfter=2026-01-01T00:00:00Z
            createdAfter=2026-01-01T00:00:00Z&lastUpdatedBefore=2026-02-01T00:00:00Z
            createdAfter=2026-02-01T00:00:00Z&createdBefore=2026-01-01T00:00:00Z
            createdAfter=2026-01-01T00:00:00Z&createdBefore=2099-01-01T00:00:00Z
            createdAfter=TEST_CASE_400
            createdAfter=2026-01-01T00:00:00Z&maxResultsPerPage=101
            createdAfter=2026-01-01T00:00:00Z&includedData=EVERYTHING
            createdAfter=2026-01-01T00:00:00Z&fulfillmentStatuses=LOST""")
    void refusesAQuestionThatMakesNoSense(String question) {
        assertThat(search(question).error()).isEqualTo("InvalidInput");
    }

    @Test
    void tellsOnlyWhatWasAskedFor() {
        var order = search(LONG_AGO).orders().getFirst();
        assertThat(order.has("buyer")).isFalse();
        assertThat(order.has("fulfillment")).isFalse();
        assertThat(order.path("orderItems").path(0).path("product").has("sellerSku"))
                .isTrue();
        assertThat(search(LONG_AGO + "&" + ALL).orders()).anyMatch(each -> each.has("buyer"));
    }

    // One order

    @Test
    void aPendingOrderHasNeitherPriceNorName() {
        var id = sandbox.amazon().buy(1).getFirst();
        var pending = order(id).body().path("order");
        assertThat(pending.at("/fulfillment/fulfillmentStatus").asString("")).isEqualTo("PENDING");
        assertThat(pending.has("proceeds")).isFalse();
        assertThat(pending.has("buyer")).isFalse();
        assertThat(pending.at("/orderItems/0/product").has("price")).isFalse();

        sandbox.advance(Duration.ofMinutes(1));

        var shipped = order(id).body().path("order");
        assertThat(shipped.at("/fulfillment/fulfillmentStatus").asString("")).isEqualTo("SHIPPED");
        assertThat(shipped.at("/proceeds/grandTotal/amount").asString("")).isNotEmpty();
        assertThat(shipped.at("/buyer/buyerName").asString("")).isNotEmpty();
        assertThat(order("300-0000000-0000000").status()).isEqualTo(404);
    }

    @Test
    void someOrdersAmazonSendsItselfByASkuOfTheirOwn() {
        var orders = search(LONG_AGO + "&fulfilledBy=AMAZON&" + ALL).orders();

        assertThat(orders).isNotEmpty().allSatisfy(order -> {
            assertThat(order.at("/fulfillment/fulfilledBy").asString("")).isEqualTo("AMAZON");
            assertThat(order.at("/orderItems/0/product/sellerSku").asString("")).endsWith("-FBA");
            assertThat(order.has("packages")).isFalse();
        });
    }

    // The queue

    @Test
    void aMessageStaysUntilItIsDeleted() {
        sandbox.amazon().buy(1);
        var first = receive();
        assertThat(first).isNotEmpty();
        assertThat(receive()).isEmpty(); // hidden for a while

        sandbox.advance(Duration.ofSeconds(31));
        var again = receive();
        assertThat(again).extracting(message -> message.path("Body")).containsAll(bodies(first));

        for (var message : again) {
            sqs(
                    "DeleteMessage",
                    Map.of("ReceiptHandle", message.path("ReceiptHandle").asString("")));
        }
        sandbox.advance(Duration.ofSeconds(31));
        assertThat(receive()).extracting(message -> message.path("Body")).doesNotContainAnyElementsOf(bodies(first));
    }

    @Test
    void aMessageSaysWhichOrderOfWhomHasChanged() {
        var bought = sandbox.amazon().buy(1).getFirst();

        var body = JSON.readTree(receive().getFirst().path("Body").asString(""));

        var change = body.at("/Payload/OrderChangeNotification");
        assertThat(body.path("NotificationType").asString("")).isEqualTo("ORDER_CHANGE");
        assertThat(body.at("/NotificationMetadata/NotificationId").asString("")).isNotEmpty();
        assertThat(change.path("AmazonOrderId").asString("")).isEqualTo(bought);
        assertThat(change.path("SellerId").asString(""))
                .isEqualTo(sandbox.amazon().entries().get("sellerId"));
        assertThat(change.at("/Summary/OrderStatus").asString("")).isEqualTo("Pending");
    }

    @Test
    void isOpenToItsOwnerOnly() {
        assertThat(send("POST", "/amazon/queue", "{}", "X-Amz-Target", "AmazonSQS.ReceiveMessage")
                        .status())
                .isEqualTo(403);
    }

    private static List<JsonNode> bodies(List<JsonNode> messages) {
        return messages.stream().map(message -> message.path("Body")).toList();
    }

    private List<JsonNode> receive() {
        return sqs("ReceiveMessage", Map.of("MaxNumberOfMessages", 10))
                .body()
                .path("Messages")
                .valueStream()
                .toList();
    }

    private Answer sqs(String operation, Map<String, Object> body) {
        return send(
                "POST",
                "/amazon/queue",
                JSON.writeValueAsString(body),
                "X-Amz-Target",
                "AmazonSQS." + operation,
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=kontor-sandbox/20261121/eu-west-1/sqs/aws4_request");
    }

    private static List<String> ids(Answer answer) {
        return answer.orders().stream()
                .map(order -> order.path("orderId").asString(""))
                .toList();
    }

    private Answer search(String question) {
        return send("GET", ORDERS + "?" + question, "", "x-amz-access-token", token);
    }

    private Answer order(String id) {
        return send("GET", ORDERS + "/" + id + "?" + ALL, "", "x-amz-access-token", token);
    }

    private Answer token(String refreshToken) {
        var rules = sandbox.scenario().amazon();
        return send(
                "POST",
                "/amazon/auth/o2/token",
                "grant_type=refresh_token&refresh_token=" + URLEncoder.encode(refreshToken, StandardCharsets.UTF_8)
                        + "&client_id=" + rules.clientId() + "&client_secret=" + rules.clientSecret(),
                "Content-Type",
                "application/x-www-form-urlencoded");
    }

    private Answer send(String method, String path, String body, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(sandbox.baseUrl() + path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            var answer = http.send(request.build(), BodyHandlers.ofString());
            return new Answer(
                    answer.statusCode(),
                    answer.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(answer.body()),
                    answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
