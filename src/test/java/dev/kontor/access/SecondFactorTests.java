package dev.kontor.access;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

import org.apache.commons.codec.binary.Base32;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import tools.jackson.databind.JsonNode;

import dev.kontor.HttpCaller;
import dev.kontor.HttpCaller.Answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@ExtendWith(OutputCaptureExtension.class)
class SecondFactorTests extends AccessFixture {

    private static final String FACTOR = "/api/v1/auth/second-factor";
    private static final Duration STEP = Duration.ofSeconds(30);

    HttpCaller administrator;
    Person anna;
    HttpCaller loggedIn;

    @BeforeEach
    void setUp() {
        administrator = loggedInAdministrator();
        anna = Person.invited(administrator, "Anna", "MANAGER");
        loggedIn = anna.loggedIn();
    }

    // Setting up

    @Test
    void isAskedForFromTheFirstCodeThatWasShownOn() {
        var secret = begin().text("secret");
        assertThat(state().path("wanted").asBoolean()).isFalse();
        assertThat(anna.login().status()).as("nothing was confirmed").isEqualTo(200);

        assertThat(confirm("000000").text("detail")).contains("code");
        var confirmed = confirm(present(secret));

        assertThat(confirmed.status()).isEqualTo(200);
        assertThat(confirmed.json().path("recoveryCodes")).hasSize(10);
        assertThat(state().path("wanted").asBoolean()).isTrue();
        assertThat(state().path("recoveryCodesLeft").asInt()).isEqualTo(10);
        assertThat(anna.login().status()).isEqualTo(401);
    }

    @Test
    void isDescribedAsAppsReadIt() {
        var enrolment = begin();

        assertThat(enrolment.text("uri"))
                .startsWith("otpauth://totp/Kontor%3AAnna%20")
                .contains("secret=" + enrolment.text("secret"), "issuer=Kontor");
        assertThat(new Base32().decode(enrolment.text("secret"))).hasSize(20);
    }

    @Test
    void isSetUpByNobodyWhoOnlyHasTheTokens() {
        assertThat(loggedIn.post(FACTOR, "{}").text("detail")).contains("password");
        var wrong = loggedIn.post(FACTOR, Map.of("password", "not the password"));
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.text("detail")).contains("password");
        var key = administrator.post("/api/v1/api-keys", Map.of("name", "factors", "scopes", Scope.values()));
        assertThat(nobody().withKey(key.text("key"))
                        .post(FACTOR, Map.of("password", Person.PASSWORD))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void canBeBegunAnewUntilItIsConfirmedAndNotAfter() {
        var first = begin().text("secret");
        var second = begin().text("secret");
        assertThat(confirm(present(first)).status()).isEqualTo(400);
        assertThat(confirm(present(second)).status()).isEqualTo(200);

        assertThat(begin().status()).isEqualTo(409);
        assertThat(confirm(present(second)).status()).isEqualTo(409);
    }

    // Logging in

    @Test
    void isMissedByNameOfTheProblemWhenNoCodeComes() {
        setUpFactor();

        var answer = anna.login();

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.text("type")).isEqualTo("urn:kontor:problem:second-factor-required");
        assertThat(answer.text("detail")).contains("code");
        assertThat(anna.login("not the password").text("type")).isEqualTo("urn:kontor:problem:login-failed");
    }

    @Test
    void letsInWhoShowsThePresentCodeOnce() {
        var secret = setUpFactor();
        var code = present(secret);

        var spaced = anna.loginWith(code.substring(0, 3) + " " + code.substring(3));

        assertThat(spaced.status()).isEqualTo(200);
        assertThat(nobody().withToken(spaced.text("accessToken"))
                        .get("/api/v1/auth/me")
                        .text("name"))
                .isEqualTo(anna.name());
        assertThat(anna.loginWith(code).text("type")).isEqualTo("urn:kontor:problem:login-failed");
    }

    @Test
    void letsNobodyInWithAnotherCode() {
        var secret = setUpFactor();
        var old = Person.code(secret, clock.instant().minus(STEP.multipliedBy(2)));
        var early = Person.code(secret, clock.instant().plus(STEP.multipliedBy(2)));

        for (var wrong : List.of(old, early, "", "12345", "nonsense")) {
            assertThat(anna.loginWith(wrong).status()).as(wrong).isEqualTo(401);
        }
    }

    @Test
    void letsOneInOfManyWhoShowTheSameCodeAtTheSameMoment() throws Exception {
        var code = present(setUpFactor());
        Callable<Integer> attempt = () -> anna.loginWith(code).status();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var statuses = threads.invokeAll(Collections.nCopies(5, attempt)).stream()
                    .map(future -> future.resultNow())
                    .toList();
            assertThat(statuses)
                    .containsOnlyOnce(200)
                    .filteredOn(it -> it != 200)
                    .containsOnly(401);
        }
    }

    @Test
    void isPassedWithARecoveryCodeOnce() {
        var codes = recoveryCodes(confirm(present(begin().text("secret"))));

        assertThat(anna.loginWith(codes.getFirst().toUpperCase(java.util.Locale.ROOT))
                        .status())
                .isEqualTo(200);
        assertThat(anna.loginWith(codes.getFirst()).status()).isEqualTo(401);
        assertThat(anna.loginWith(codes.getLast()).status()).isEqualTo(200);
        assertThat(state().path("recoveryCodesLeft").asInt()).isEqualTo(8);
    }

    @Test
    void isNotPassedByAPasswordThatABrowserSendsWithEachRequest() {
        var basic = nobody().with("Authorization", basic(anna.name()));
        assertThat(basic.get("/v3/api-docs").status()).isEqualTo(200);

        setUpFactor();

        assertThat(basic.get("/v3/api-docs").status()).isEqualTo(401);
    }

    @Test
    void isStillAskedForAfterThePasswordWasReplacedByALink() {
        var secret = setUpFactor();
        var id = loggedIn.get("/api/v1/auth/me").text("id");
        var link = administrator.post("/api/v1/users/" + id + "/password-links", "");
        var replaced = nobody().post(
                        "/api/v1/auth/password-links",
                        Map.of("secret", link.text("secret"), "password", Person.PASSWORD));

        assertThat(replaced.status()).isEqualTo(204);
        assertThat(anna.login().status()).isEqualTo(401);
        assertThat(anna.loginWith(present(secret)).status()).isEqualTo(200);
    }

    // Renewing and taking away

    @Test
    void newRecoveryCodesTakeACodeAndReplaceTheOldOnes() {
        var secret = begin().text("secret");
        var old = recoveryCodes(confirm(present(secret)));
        later();

        assertThat(loggedIn.post(FACTOR + "/recovery-codes", Map.of("code", "000000"))
                        .status())
                .isEqualTo(400);
        var renewed = recoveryCodes(loggedIn.post(FACTOR + "/recovery-codes", Map.of("code", present(secret))));

        assertThat(renewed).hasSize(10).doesNotContainAnyElementsOf(old);
        assertThat(anna.loginWith(old.getLast()).status()).isEqualTo(401);
        assertThat(anna.loginWith(renewed.getLast()).status()).isEqualTo(200);
    }

    @Test
    void itsOwnerTakesItAwayWithACode() {
        var secret = setUpFactor();
        assertThat(loggedIn.post(FACTOR + "/removal", Map.of("code", "000000")).status())
                .isEqualTo(400);

        assertThat(loggedIn.post(FACTOR + "/removal", Map.of("code", present(secret)))
                        .status())
                .isEqualTo(204);

        assertThat(anna.login().status()).isEqualTo(200);
        assertThat(state().path("recoveryCodesLeft").asInt()).isZero();
    }

    @Test
    void anAdministratorTakesItAwayFromWhoLostTheDevice() {
        setUpFactor();
        var path = "/api/v1/users/" + loggedIn.get("/api/v1/auth/me").text("id") + "/second-factor";
        assertThat(loggedIn.delete(path).status()).isEqualTo(403);

        assertThat(administrator.delete(path).status()).isEqualTo(204);

        assertThat(administrator.delete(path).status()).isEqualTo(404);
        assertThat(anna.login().status()).isEqualTo(200);
    }

    // Keeping it

    @Test
    void neitherTheSecretNorACodeLiesInTheDatabaseOrTheLog(CapturedOutput output) {
        var secret = begin().text("secret");
        var codes = recoveryCodes(confirm(present(secret)));
        anna.loginWith("wrong" + secret);
        anna.loginWith(codes.getFirst());

        var rows = jdbc.sql("""
                        select f::text from access.second_factors f
                        union all select c::text from access.recovery_codes c""").query(String.class).list();
        assertThat(rows).hasSizeGreaterThan(10);
        var plain = new Base32().decode(secret);
        assertThat(String.join("\n", rows))
                .doesNotContain(secret, HexFormat.of().formatHex(plain))
                .doesNotContain(codes)
                .doesNotContain(HexFormat.of().formatHex(codes.getFirst().getBytes(StandardCharsets.UTF_8)));
        assertThat(output.getAll()).doesNotContain(secret).doesNotContain(codes);
    }

    @Test
    void afterANewKeyForCredentialsItIsSealedAnewAndGoesOnToWork() {
        var secret = setUpFactor();
        var before = sealed();
        assertThat(administrator
                        .post("/api/v1/key-sets/credentials/rotations", "")
                        .status())
                .isEqualTo(200);

        assertThat(anna.loginWith(present(secret)).status()).isEqualTo(200);

        await().untilAsserted(() -> assertThat(sealed()).isNotEqualTo(before));
        later();
        assertThat(anna.loginWith(present(secret)).status()).isEqualTo(200);
    }

    private byte[] sealed() {
        return jdbc.sql("select sealed from access.second_factors where user_id = cast(:user as uuid)")
                .param("user", loggedIn.get("/api/v1/auth/me").text("id"))
                .query(byte[].class)
                .single();
    }

    @Test
    void aSecretThatWasMovedToAnotherUserOpensNothing() {
        var secret = setUpFactor();
        var bert = Person.invited(administrator, "Bert", "VIEWER");
        var id = bert.loggedIn().get("/api/v1/auth/me").text("id");
        jdbc.sql("""
                        insert into access.second_factors
                        select cast(:bert as uuid), f.sealed, f.created_at, f.confirmed_at, 0 from access.second_factors f
                        where user_id = cast(:anna as uuid)""")
                .param("bert", id)
                .param("anna", loggedIn.get("/api/v1/auth/me").text("id"))
                .update();

        assertThat(bert.loginWith(present(secret)).status()).isEqualTo(500);
    }

    private Answer begin() {
        return loggedIn.post(FACTOR, Map.of("password", Person.PASSWORD));
    }

    private Answer confirm(String code) {
        return loggedIn.post(FACTOR + "/confirmation", Map.of("code", code));
    }

    private JsonNode state() {
        return loggedIn.get(FACTOR).json();
    }

    /** @return the secret; its present code has not been shown yet */
    private String setUpFactor() {
        var secret = begin().text("secret");
        assertThat(confirm(present(secret)).status()).isEqualTo(200);
        later();
        return secret;
    }

    private void later() {
        advance(STEP);
    }

    private String present(String secret) {
        return Person.code(secret, clock.instant());
    }

    private static List<String> recoveryCodes(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json()
                .path("recoveryCodes")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
    }

    private static String basic(String name) {
        return "Basic "
                + java.util.Base64.getEncoder()
                        .encodeToString((name + ":" + Person.PASSWORD).getBytes(StandardCharsets.UTF_8));
    }
}
