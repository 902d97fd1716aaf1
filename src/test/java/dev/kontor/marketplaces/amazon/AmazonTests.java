package dev.kontor.marketplaces.amazon;

import java.net.URI;
import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.http.HttpHeaders;

import dev.kontor.marketplaces.Answer.Rejected;
import dev.kontor.marketplaces.Answer.Unauthorized;
import dev.kontor.marketplaces.Answer.Unavailable;
import dev.kontor.marketplaces.OrderFeed.OrderReading;
import dev.kontor.marketplaces.SeenDrift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

/** Who asks Amazon, and what its refusals mean. */
class AmazonTests extends AmazonFixture {

    @Test
    void isSilentForASecondAfterARefusalOfWhatIsOftenPermittedAndForAMinuteAfterOneOfWhatIsNot() {
        assertThat(AmazonLimits.LISTING.silence()).isEqualTo(Duration.ofSeconds(1));
        assertThat(AmazonLimits.ORDER.silence()).isEqualTo(Duration.ofSeconds(2));
        assertThat(AmazonLimits.SEARCH_ORDERS.silence()).isEqualTo(Duration.ofMinutes(1));
    }

    @ParameterizedTest
    @CsvSource({
        "https://sqs.eu-central-1.amazonaws.com/123456789012/kontor,,https://sqs.eu-central-1.amazonaws.com/,eu-central-1",
        "http://localhost:9324/000000000000/kontor,http://localhost:9324/sqs,http://localhost:9324/sqs,eu-west-1"
    })
    void findsTheServerOfTheQueueByItsAddress(String url, @Nullable URI endpoint, URI server, String region) {
        var queue = new AmazonProperties.Queue(url, endpoint, "", "the-key", "the-secret-key");

        assertThat(queue.server()).isEqualTo(server);
        assertThat(queue.signingRegion()).isEqualTo(region);
        assertThat(queue.toString()).doesNotContain("the-key", "the-secret-key");
    }

    @ParameterizedTest
    @CsvSource({
        "nowhere,a-key,a-secret,KONTOR_AMAZON_QUEUE_URL",
        "https://sqs.eu-west-1.amazonaws.com/1/kontor,'',a-secret,KONTOR_AMAZON_QUEUE_ACCESS_KEY",
        "https://sqs.eu-west-1.amazonaws.com/1/kontor,a-key,'',KONTOR_AMAZON_QUEUE_SECRET_KEY"
    })
    void doesNotStartWithHalfAQueue(String url, String accessKey, String secretKey, String named) {
        var queue = new AmazonProperties.Queue(url, null, "", accessKey, secretKey);
        var settings = new AmazonProperties(
                "",
                "",
                null,
                stub.url(),
                "0.1.0",
                2,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                queue);

        assertThatThrownBy(() -> new AmazonQueue(settings, new SeenDrift(), clock))
                .isInstanceOfSatisfying(
                        InvalidConfigurationPropertyValueException.class,
                        e -> assertThat(e.getReason()).startsWith(named));
    }

    // Who asks

    @ParameterizedTest
    @CsvSource({
        "na,https://sellingpartnerapi-na.amazon.com",
        "eu,https://sellingpartnerapi-eu.amazon.com",
        "fe,https://sellingpartnerapi-fe.amazon.com"
    })
    void asksEachRegionAtItsOwnHost(String region, URI host) {
        var nowhereElse = new AmazonProperties(
                "",
                "",
                null,
                stub.url(),
                "0.1.0",
                2,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                AmazonProperties.Queue.NONE);

        assertThat(nowhereElse.host(AmazonRegion.of(region))).isEqualTo(host);
    }

    /** From the order on, which never is later than from the delivery on. */
    @Test
    void keepsBuyersDataNoLongerThanAmazonPermits() {
        assertThat(amazon.personalDataKept()).isLessThanOrEqualTo(Duration.ofDays(30));
    }

    @Test
    void presentsTheTokenAndNamesItself() {
        stub.on(PARTICIPATIONS, 200, participations(true));

        var seller = ok(amazon.seller(connection));

        assertThat(seller.id()).isEqualTo("A2SELLER00001");
        assertThat(seller.login()).isEqualTo("Cups of Lodz");
        var headers = stub.asked().getFirst().headers();
        assertThat(headers.get("X-amz-access-token")).containsExactly("Atza|the-token");
        assertThat(headers.get("X-amz-date")).containsExactly("20261102T120000Z");
        assertThat(headers.get("User-agent").getFirst()).matches("Kontor/0\\.1\\.0 \\(Language=Java/\\d+\\)");
        assertThat(headers).doesNotContainKey("Authorization");
    }

    @Test
    void doesNotConnectASellerWhereHeDoesNotSell() {
        stub.on(PARTICIPATIONS, 200, participations(false));

        assertThat(amazon.seller(connection)).isInstanceOfSatisfying(Rejected.class, rejected -> {
            assertThat(rejected.code()).isEqualTo("NO_PARTICIPATION");
            assertThat(rejected.reason()).contains(GERMANY).doesNotContain(POLAND);
        });
    }

    @Test
    void getsATokenForAnHour() {
        stub.on(
                TOKEN,
                200,
                "{\"access_token\":\"Atza|next\",\"refresh_token\":\"Atzr|the-refresh-token\","
                        + "\"token_type\":\"bearer\",\"expires_in\":3600}");

        var renewed = ok(grant.renew(ACCOUNT, connection.credentials()));

        assertThat(renewed.expiresAt()).isEqualTo(NOON.plus(Duration.ofHours(1)));
        assertThat(renewed.secret("access_token")).isEqualTo("Atza|next");
        assertThat(renewed.secret("sellerId")).isEqualTo("A2SELLER00001");
        assertThat(stub.asked().getFirst().parameters())
                .containsEntry("grant_type", "refresh_token")
                .containsEntry("refresh_token", "Atzr|the-refresh-token")
                .containsEntry("client_id", "the-application")
                .containsEntry("client_secret", "the-secret");
    }

    @ParameterizedTest
    @CsvSource({"400,invalid_grant,true", "401,invalid_client,false", "400,unauthorized_client,false"})
    void tellsAPermissionTakenBackFromAWrongSecret(int status, String error, boolean takenBack) {
        stub.on(TOKEN, status, "{\"error\":\"%s\",\"error_description\":\"x\"}".formatted(error));

        assertThat(grant.renew(ACCOUNT, connection.credentials()))
                .isInstanceOf(takenBack ? Unauthorized.class : Rejected.class);
    }

    @Test
    void asksNobodyWithoutAnApplicationOfItsOwn() {
        var none = new AmazonGrant(calls, properties("", Duration.ZERO));

        assertThat(none.renew(ACCOUNT, connection.credentials()))
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.reason()).contains("KONTOR_AMAZON_CLIENT_ID"));
        assertThat(stub.asked()).isEmpty();
    }

    // What is refused

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            403 | The access token you provided has expired.                       | true
            403 | The access token you provided is revoked, malformed or invalid. | true
            403 | anything about jan@example.org                                  | false
            400 | Invalid Input of jan@example.org                                | false""")
    void tellsAnOldTokenFromAMissingRole(int status, String details, boolean token) {
        stub.on(SEARCH, status, anError("Unauthorized", details));

        var answer = amazon.orders().changesSince(null, connection);

        assertThat(answer).isInstanceOf(token ? Unauthorized.class : Rejected.class);
        assertThat(answer.failure()).contains("Unauthorized").doesNotContain("jan@example.org");
    }

    @ParameterizedTest
    @CsvSource({"0.0056,0.336", "5.0,300", "0,", "often,", "99999,", ","})
    void readsThePaceThatAmazonTells(@Nullable String told, @Nullable Double perMinute) {
        var headers = new HttpHeaders();
        headers.set("x-amzn-RateLimit-Limit", told);

        var pace = new AmazonTranslation<>(reply -> "", AmazonLimits.LISTING).perMinute(headers);

        if (perMinute == null) {
            assertThat(pace).isEmpty();
        } else {
            assertThat(pace.orElseThrow()).isCloseTo(perMinute, within(0.000_001));
        }
    }

    @Test
    void believesOnlyAmazonThatAnOrderIsGone() {
        stub.on(SEARCH + "/one", 404, anError("NotFound", ""));
        stub.on(SEARCH + "/two", 404, "<html>no such page</html>");

        assertThat(ok(amazon.orders().order("one", connection))).isEqualTo(new OrderReading.Gone());
        assertThat(amazon.orders().order("two", connection)).isInstanceOf(Unavailable.class);
    }
}
