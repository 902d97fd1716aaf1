package dev.kontor.accounts.web;

import java.io.UnsupportedEncodingException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import com.jayway.jsonpath.JsonPath;

import dev.kontor.SettableClock;
import dev.kontor.accounts.AccountsTestBeans;
import dev.kontor.accounts.TestMarketplace;
import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.FakeMarketplace;
import dev.kontor.marketplaces.FakeMarketplace.Operation;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(properties = "kontor.administrator.password=only-for-this-test")
@AutoConfigureMockMvc
@Import(AccountsTestBeans.class)
class AccountApiTests {

    private static final String ACCOUNTS = "/api/v1/accounts";
    private static final String OWNER = "0b1f5a52-5c0c-4f0e-9c7e-2c1f7a4a9a11";

    @Autowired
    MockMvcTester http;

    @Autowired
    TestMarketplace marketplace;

    @Autowired
    SettableClock clock;

    private FakeMarketplace shop;
    private String caller;

    @BeforeEach
    void open() {
        shop = marketplace.open();
        caller = aCaller("accounts:write");
    }

    @Test
    void answersWithTheLinkAndTheCodeThatTheSellerConfirms() {
        var answer = post(aWish("Corner shop"), null);

        assertThat(answer).hasStatus(201);
        assertThat(answer.getResponse().getHeader("Location")).isEqualTo(ACCOUNTS + "/" + id(answer));
        assertThat(answer)
                .bodyJson()
                .hasPathSatisfying("$.state", it -> it.assertThat().isEqualTo("AUTHORIZING"))
                .hasPathSatisfying("$.name", it -> it.assertThat().isEqualTo("Corner shop"))
                .hasPathSatisfying("$.marketplace", it -> it.assertThat().isEqualTo("fake"))
                .hasPathSatisfying("$.ownerId", it -> it.assertThat().isEqualTo(OWNER))
                .hasPathSatisfying(
                        "$.verificationLink", it -> it.assertThat().asString().startsWith("https://"))
                .hasPathSatisfying(
                        "$.userCode", it -> it.assertThat().asString().startsWith("code-"))
                .hasPathSatisfying(
                        "$.expiresAt", it -> it.assertThat().asString().endsWith("Z"));
    }

    @Test
    void namesEveryWrongFieldAtOnce() {
        var answer = post("""
                {"name": " ", "marketplace": "atlantis", "ownerId": "me"}""", "");

        assertThat(answer).hasStatus(400).hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(answer)
                .bodyJson()
                .extractingPath("$.errors[*].field")
                .asArray()
                .containsExactlyInAnyOrder("name", "marketplace", "ownerId", "Idempotency-Key");
        assertThat(answer).bodyJson().extractingPath("$.detail").asString().contains("fake");
        assertThat(shop.calls(Operation.BEGIN)).isZero();
    }

    @Test
    void connectsAtOnceWithWhatTheSellerEntered() {
        var answer = post(aWish("{\"apiKey\": \"key-1\", \"siteId\": \"site-1\"}", "Corner shop"), null);

        assertThat(answer).hasStatus(201);
        assertThat(answer).bodyJson().extractingPath("$.state").isEqualTo("ACTIVE");
        assertThat(answer).bodyJson().doesNotHavePath("$.verificationLink");
        assertThat(answer.getResponse().getHeader("Location")).isEqualTo(ACCOUNTS + "/" + id(answer));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"apiKey": "key-1"}                                        | credentials.siteId
            {"apiKey": "", "siteId": "a b"}                            | credentials.apiKey,credentials.siteId
            {"apiKey": "key-1", "siteId": "site-1", "colour": "red"}   | credentials.colour
            {"refreshToken": "Atzr-1", "region": "MARS"}               | credentials.region
            {"colour": "red"}                                          | credentials.colour,credentials.instanceId""")
    void namesEveryWrongFieldOfWhatTheSellerEntered(String credentials, String fields) {
        var answer = post(aWish(credentials, "Corner shop"), null);

        assertThat(answer).hasStatus(400).hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(answer)
                .bodyJson()
                .extractingPath("$.errors[*].field")
                .asArray()
                .containsExactlyInAnyOrder((Object[]) fields.split(","));
    }

    @Test
    void refusesCredentialsThatTheMarketplaceRefuses() {
        var answer = post(aWish("{\"instanceId\": \"wrong\"}", "Corner shop"), null);

        assertThat(answer).hasStatus(422).hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(answer).bodyJson().extractingPath("$.type").isEqualTo("urn:kontor:problem:credentials-refused");
        assertThat(answer).bodyText().doesNotContain("wrong");
    }

    private static String aWish(String credentials, String name) {
        return """
                {"name": "%s", "marketplace": "fake", "ownerId": "%s", "credentials": %s}""".formatted(name, OWNER, credentials);
    }

    @Test
    void refusesANameOfMoreThanAHundredCharacters() {
        assertThat(post(aWish("x".repeat(101)), null)).hasStatus(400);
        assertThat(post(aWish("x".repeat(100)), null)).hasStatus(201);
    }

    @Test
    void makesOneAccountOfOneIdempotencyKey() {
        var key = UUID.randomUUID().toString();

        var first = post(aWish("Corner shop"), key);
        var second = post(aWish("Corner shop"), key);
        var other = post(aWish("Other shop"), key);

        assertThat(second).hasStatus(201);
        assertThat(id(second)).isEqualTo(id(first));
        assertThat(other).hasStatus(409);
        assertThat(shop.calls(Operation.BEGIN)).isEqualTo(1);
    }

    @Test
    void makesTwoAccountsOfTheSameKeyOfTwoCallers() {
        var key = UUID.randomUUID().toString();
        var mine = post(aWish("Corner shop"), key);

        caller = aCaller("accounts:write");
        var others = post(aWish("Other shop"), key);

        assertThat(others).hasStatus(201);
        assertThat(id(others)).isNotEqualTo(id(mine));
    }

    @Test
    void tellsWhenToTryAgainWhenTheMarketplaceIsThrottling() {
        shop.failNext(Operation.BEGIN, new Answer.Throttled<>(clock.instant().plusSeconds(90)));

        var answer = post(aWish("Corner shop"), null);

        assertThat(answer).hasStatus(503).hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(answer.getResponse().getHeader("Retry-After")).isEqualTo("90");
    }

    @Test
    void saysThatTheMarketplaceDoesNotAcceptKontor() {
        shop.failNext(Operation.BEGIN, new Answer.Unauthorized<>("invalid_client"));

        var answer = post(aWish("Corner shop"), null);

        assertThat(answer).hasStatus(502);
        assertThat(answer.getResponse().getHeader("Retry-After")).isNotNull();
        assertThat(answer).bodyJson().extractingPath("$.detail").asString().contains("client id and secret");
    }

    @Test
    void renamesOnlyTheVersionThatTheCallerHasSeen() {
        var created = post(aWish("Corner shop"), null);
        var account = ACCOUNTS + "/" + id(created);
        var seen = created.getResponse().getHeader("ETag");

        var renamed = patch(account, "{\"name\": \"Market stall\"}", seen);
        var late = patch(account, "{\"name\": \"Booth\"}", seen);

        assertThat(renamed).hasStatus(200);
        assertThat(renamed).bodyJson().extractingPath("$.name").isEqualTo("Market stall");
        assertThat(renamed.getResponse().getHeader("ETag")).isNotEqualTo(seen);
        assertThat(late).hasStatus(412);
        assertThat(patch(account, "{\"name\": \"Booth\"}", null)).hasStatus(428);
        assertThat(patch(account, "{\"name\": \"\"}", "*")).hasStatus(400);
        assertThat(get(account)).bodyJson().extractingPath("$.name").isEqualTo("Market stall");
    }

    @Test
    void listsAccountsPageByPage() {
        var first = id(post(aWish("First"), null));
        clock.advance(Duration.ofSeconds(1));
        var second = id(post(aWish("Second"), null));
        var listed = new ArrayList<String>();
        var next = "";
        do {
            var page = get(ACCOUNTS + "?limit=1" + next);
            assertThat(page).hasStatus(200);
            var body = body(page);
            listed.addAll(JsonPath.<List<String>>read(body, "$.items[*].id"));
            next = body.contains("\"next\"") ? "&after=" + JsonPath.read(body, "$.next") : "";
        } while (!next.isEmpty());

        assertThat(listed).doesNotHaveDuplicates().containsSubsequence(first, second);
        assertThat(get(ACCOUNTS + "?after=nonsense")).hasStatus(400);
        assertThat(get(ACCOUNTS + "?limit=0")).hasStatus(400);
    }

    @Test
    void knowsNoAccountThatWasNotMade() {
        var unknown = ACCOUNTS + "/" + UUID.randomUUID();

        assertThat(get(unknown)).hasStatus(404);
        assertThat(action(unknown + "/reauthorize")).hasStatus(404);
        assertThat(action(unknown + "/pause")).hasStatus(404);
        assertThat(delete(unknown)).hasStatus(404);
    }

    @Test
    void pausesOnlyWhatIsActive() {
        var account = ACCOUNTS + "/" + id(post(aWish("Corner shop"), null));

        var answer = action(account + "/pause");

        assertThat(answer).hasStatus(409);
        assertThat(answer).bodyJson().extractingPath("$.detail").asString().contains("AUTHORIZING");
        assertThat(action(account + "/resume")).hasStatus(409);
    }

    @Test
    void givesANewCodeOnReauthorization() {
        var created = post(aWish("Corner shop"), null);
        var account = ACCOUNTS + "/" + id(created);

        var again = action(account + "/reauthorize");

        assertThat(again).hasStatus(200);
        assertThat(JsonPath.<String>read(body(again), "$.userCode"))
                .isNotEqualTo(JsonPath.<String>read(body(created), "$.userCode"));
    }

    @Test
    void keepsTheRowOfADisconnectedAccount() {
        var account = ACCOUNTS + "/" + id(post(aWish("Corner shop"), null));

        assertThat(delete(account)).hasStatus(204);
        assertThat(delete(account)).hasStatus(204);

        assertThat(get(account)).bodyJson().extractingPath("$.state").isEqualTo("DISCONNECTED");
        assertThat(body(get(account))).doesNotContain("userCode");
    }

    @Test
    void letsAViewerLookAndNotChange() {
        caller = aCaller("accounts:read");

        assertThat(get(ACCOUNTS)).hasStatus(200);
        assertThat(post(aWish("Corner shop"), null)).hasStatus(403);
    }

    private static String aWish(String name) {
        return """
                {"name": "%s", "marketplace": "fake", "ownerId": "%s"}""".formatted(name, OWNER);
    }

    /** The text of a new API key. */
    private String aCaller(String scope) {
        var login = http.post()
                .uri("/api/v1/auth/login")
                .contentType(MediaType.APPLICATION_JSON)
                .content("""
                        {"username": "administrator", "password": "only-for-this-test"}""")
                .exchange();
        var created = http.post()
                .uri("/api/v1/api-keys")
                .header("Authorization", "Bearer " + JsonPath.read(body(login), "$.accessToken"))
                .contentType(MediaType.APPLICATION_JSON)
                .content("""
                        {"name": "%s", "scopes": ["%s"]}""".formatted(scope, scope))
                .exchange();
        return JsonPath.read(body(created), "$.key");
    }

    private MvcTestResult post(String body, @Nullable String key) {
        var request = http.post()
                .uri(ACCOUNTS)
                .header("X-API-Key", caller)
                .contentType(MediaType.APPLICATION_JSON)
                .content(body);
        return (key == null ? request : request.header("Idempotency-Key", key)).exchange();
    }

    private MvcTestResult patch(String uri, String body, @Nullable String seen) {
        var request = http.patch()
                .uri(uri)
                .header("X-API-Key", caller)
                .contentType(MediaType.APPLICATION_JSON)
                .content(body);
        return (seen == null ? request : request.header("If-Match", seen)).exchange();
    }

    private MvcTestResult action(String uri) {
        return http.post().uri(uri).header("X-API-Key", caller).exchange();
    }

    private MvcTestResult delete(String uri) {
        return http.delete().uri(uri).header("X-API-Key", caller).exchange();
    }

    private MvcTestResult get(String uri) {
        return http.get().uri(uri).header("X-API-Key", caller).exchange();
    }

    private static String id(MvcTestResult answer) {
        return JsonPath.read(body(answer), "$.id");
    }

    private static String body(MvcTestResult answer) {
        try {
            return answer.getResponse().getContentAsString();
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException(e);
        }
    }
}
