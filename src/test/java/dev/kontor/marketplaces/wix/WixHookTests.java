package dev.kontor.marketplaces.wix;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;

import tools.jackson.databind.json.JsonMapper;

import dev.kontor.marketplaces.Push;
import dev.kontor.marketplaces.Push.Cause;
import dev.kontor.marketplaces.Push.Hint;
import dev.kontor.marketplaces.Push.Reading;
import dev.kontor.marketplaces.Push.Sequence;
import dev.kontor.marketplaces.Push.Subject;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What is believed of a request that says it comes from Wix. */
class WixHookTests {

    private static final Instant NOW = Instant.parse("2026-11-02T10:15:06Z");
    private static final String APP = "6b1d0c3e-6b6f-4e0c-9d58-3f1f0d2a7c11";
    private static final String SITE = "0f5c9c64-52f7-4a39-8f0b-6f7a5b0e9d21";
    private static final String ORDER = "a1b2c3d4-0000-4000-8000-000000000001";
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final KeyPair KEYS = keys();
    private static final KeyPair OTHERS = keys();

    private final WixProperties properties = new WixProperties(
            java.net.URI.create("http://localhost"),
            APP,
            "secret",
            "",
            100,
            Duration.ofMinutes(5),
            Duration.ofDays(365));
    private final WixPush push = new WixPush(new WixWebhookProperties(pem(KEYS)), properties);

    // What is believed

    @Test
    void understandsThatAnOrderChanged() {
        var reading = read(signed(claims(envelope("wix.ecom.v1.order_updated", text(updated(Map.of()))))));

        assertThat(genuine(reading).seller()).isEqualTo(SITE);
        assertThat(hint(reading))
                .isEqualTo(new Hint(
                        "event-1",
                        Subject.ORDER,
                        "wix.ecom.v1.order_updated",
                        ORDER,
                        new Sequence("wix.ecom.v1.order/" + ORDER, 7),
                        Instant.parse("2026-11-02T10:15:05.100Z"),
                        Instant.parse("2026-11-02T10:15:04.870Z"),
                        null));
    }

    @Test
    void takesEachLayerAsTextOrAsItIs() {
        var asText = read(signed(claims(envelope("wix.ecom.v1.order_updated", text(updated(Map.of()))))));
        var asObject = read(signed(new JWTClaimsSet.Builder()
                .claim("data", envelope("wix.ecom.v1.order_updated", updated(Map.of())))
                .build()));

        assertThat(asObject).isEqualTo(asText);
    }

    @Test
    void understandsTheFlatEventsOfTheOlderCatalog() {
        var data = text(Map.of("productId", "p-1", "changedFields", List.of("quantity")));
        var token = signed(claims(
                envelope("com.wix.ecommerce.inventory.api.v1.InventoryVariantsChanged", data), NOW.minusSeconds(2)));

        var hint = hint(read(token));

        assertThat(hint.subject()).isEqualTo(Subject.STOCK);
        assertThat(hint.about()).isEqualTo("p-1");
        assertThat(hint.sequence()).isNull();
        assertThat(hint.occurredAt()).isEqualTo(NOW.minusSeconds(2));
        assertThat(hint(read(token)).id()).isEqualTo(hint.id());
        var later = claims(envelope("com.wix.ecommerce.inventory.api.v1.InventoryVariantsChanged", data), NOW);
        assertThat(hint(read(signed(later))).id())
                .as("the same change a moment later is another one")
                .isNotEqualTo(hint.id());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            wix.ecom.v1.order                  | created         | {"id": "x", "status": "APPROVED"}     | ORDER      | entity-1
            wix.ecom.v1.order                  | created         | {"id": "x", "status": "INITIALIZED"}  | OTHER      | entity-1
            wix.ecom.v1.order_transactions     | updated         | {"orderId": "o-1"}                    | ORDER      | o-1
            wix.ecom.v1.fulfillments           | updated         | {"orderId": "o-1"}                    | ORDER      | o-1
            wix.stores.catalog.v3.inventory_item | updated       | {"productId": "p", "variantId": "v"}  | STOCK      | p/v
            wix.stores.catalog.v3.inventory_item | deleted       | {}                                    | STOCK      | -
            wix.stores.catalog.v3.product      | updated         | {"id": "entity-1"}                    | LISTING    | entity-1
            wix.app.installations.v1.app_installation | updated  | {"status": "UNINSTALLED"}             | PERMISSION | entity-1
            wix.bookings.v1.booking            | created         | {}                                    | OTHER      | entity-1""")
    void knowsWhatAnEventIsAbout(String fqdn, String slug, String entity, Subject subject, String about) {
        for (var holder : List.of("createdEvent", "updatedEvent", "actionEvent")) {
            for (var name : List.of("entity", "currentEntity", "entityAsJson", "body")) {
                var event = new HashMap<String, Object>(
                        Map.of("id", "e", "entityFqdn", fqdn, "slug", slug, "entityId", "entity-1"));
                event.put(holder, Map.of(name, name.endsWith("Json") ? entity : JSON.readTree(entity)));
                var hint = hint(read(signed(claims(envelope(fqdn + "_" + slug, text(event))))));

                assertThat(hint.subject()).isEqualTo(subject);
                assertThat(hint.about()).isEqualTo(about);
                assertThat(hint.type()).isEqualTo(fqdn + "_" + slug);
            }
        }
    }

    @Test
    void knowsThatTheAppWasRemoved() {
        var hint = hint(read(signed(claims(envelope("AppRemoved", text(Map.of("appId", APP)))))));

        assertThat(hint.subject()).isEqualTo(Subject.PERMISSION);
    }

    @Test
    void knowsThatPersonalDataWereErased() {
        var event = text(updated(Map.of("triggeredByAnonymizeRequest", true)));

        var hint = hint(read(signed(claims(envelope("wix.ecom.v1.order_updated", event)))));

        assertThat(hint.subject()).isEqualTo(Subject.ERASURE);
        assertThat(hint.about()).isEqualTo(ORDER);
    }

    @Test
    void aBrokenEntityCostsNothingButItself() {
        var event = text(updated(Map.of("updatedEvent", Map.of("currentEntityAsJson", "{broken"))));

        assertThat(hint(read(signed(claims(envelope("wix.ecom.v1.order_updated", event)))))
                        .about())
                .isEqualTo(ORDER);
    }

    // What is not

    @Test
    void refusesAnotherKeysSignature() throws JOSEException {
        var token = signed(genuineClaims(), JWSAlgorithm.RS256, new RSASSASigner(OTHERS.getPrivate()));

        assertThat(cause(read(token))).isEqualTo(Cause.SIGNATURE);
    }

    @Test
    void refusesATokenWhoseContentWasExchanged() {
        var parts = signed(genuineClaims()).split("\\.");
        var content = new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8).replace(SITE, SITE.replace('0', '1'));
        var forged = parts[0] + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(content.getBytes(UTF_8))
                + "." + parts[2];

        assertThat(cause(read(forged))).isEqualTo(Cause.SIGNATURE);
    }

    @Test
    void refusesATokenWithoutASignature() {
        assertThat(cause(read(new PlainJWT(genuineClaims()).serialize()))).isEqualTo(Cause.FORM);
        var parts = signed(genuineClaims()).split("\\.");
        assertThat(cause(read(parts[0] + "." + parts[1] + "."))).isIn(Cause.FORM, Cause.SIGNATURE);
    }

    /** The public key is no secret, so whoever knows it could sign with it as if it were one. */
    @Test
    void refusesThePublicKeyAsASharedSecret() throws JOSEException {
        for (var secret : List.of(pem(KEYS).getBytes(UTF_8), KEYS.getPublic().getEncoded())) {
            var token = signed(genuineClaims(), JWSAlgorithm.HS256, new MACSigner(secret));
            assertThat(cause(read(token))).isEqualTo(Cause.SIGNATURE);
        }
    }

    @Test
    void refusesAnotherAlgorithmOfTheSameKey() throws JOSEException {
        var token = signed(genuineClaims(), JWSAlgorithm.RS512, new RSASSASigner(KEYS.getPrivate()));

        assertThat(cause(read(token))).isEqualTo(Cause.SIGNATURE);
    }

    @Test
    void refusesWhatIsMeantForAnotherApp() {
        var other = new JWTClaimsSet.Builder(genuineClaims())
                .audience("another-app")
                .build();

        assertThat(cause(read(signed(other)))).isEqualTo(Cause.APPLICATION);
    }

    @Test
    void refusesAnotherIssuer() {
        var other =
                new JWTClaimsSet.Builder(genuineClaims()).issuer("wix.example").build();

        assertThat(cause(read(signed(other)))).isEqualTo(Cause.APPLICATION);
    }

    @Test
    void refusesATokenThatHasExpired() {
        var old = new JWTClaimsSet.Builder(genuineClaims())
                .expirationTime(Date.from(NOW.minusSeconds(1)))
                .build();

        assertThat(cause(read(signed(old)))).isEqualTo(Cause.AGE);
    }

    @Test
    void refusesATokenThatCouldBeToldAtAnyTime() {
        var timeless = new TreeMap<String, Object>(updated(Map.of()));
        timeless.remove("eventTime");
        var envelope = envelope("wix.ecom.v1.order_updated", text(timeless));

        var token =
                signed(new JWTClaimsSet.Builder().claim("data", text(envelope)).build());

        assertThat(cause(read(token))).isEqualTo(Cause.FORM);
        assertThat(hint(read(signed(claims(envelope)))).occurredAt()).isEqualTo(NOW.minusSeconds(1));
    }

    @Test
    void refusesTimesThatAreNone() {
        for (var time : List.<Object>of("soon", Long.MAX_VALUE, List.of())) {
            var odd = Map.of("data", text(envelope("AppRemoved", text(Map.of("appId", APP)))), "exp", time);
            assertThat(cause(read(signed(odd)))).isEqualTo(Cause.FORM);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "garbage", "a.b.c", "..", "{\"data\": {}}", "\u0000\u0001", "eyJhbGciOiJSUzI1NiJ9.e30."
            })
    void refusesGarbage(String body) {
        assertThat(cause(read(body))).isIn(Cause.FORM, Cause.SIGNATURE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "7",
                "[]",
                "{}",
                "{broken",
                "{\"instanceId\": \"i\"}",
                "{\"instanceId\": \"i\", \"data\": \"{broken\"}",
                "{\"instanceId\": \"i\", \"data\": \"\\u0000\"}",
                "{\"instanceId\": \"i\", \"data\": {\"id\": \"\\u0000\", \"entityFqdn\": \"f\", \"slug\": \"s\"}}",
                "{\"data\": {\"id\": \"e\"}}"
            })
    void refusesASignedTokenWithoutAnEvent(String data) {
        assertThat(cause(read(
                        signed(new JWTClaimsSet.Builder().claim("data", data).build()))))
                .isEqualTo(Cause.FORM);
        assertThat(cause(read(signed(new JWTClaimsSet.Builder().build())))).isEqualTo(Cause.FORM);
    }

    // The key

    @Test
    void believesNothingWithoutAKey() {
        var keyless = new WixPush(new WixWebhookProperties(""), properties);

        assertThat(cause(keyless.read(request(signed(genuineClaims()))))).isEqualTo(Cause.UNPREPARED);
    }

    @Test
    void takesTheKeyInEveryFormInWhichItIsHandedOn() {
        var pem = pem(KEYS);
        for (var form : List.of(
                pem,
                pem.replace("\n", "\\n"),
                pem.replace("\n", " "),
                Base64.getEncoder().encodeToString(pem.getBytes(UTF_8)),
                Base64.getEncoder().encodeToString(KEYS.getPublic().getEncoded()))) {
            assertThat(new WixWebhookProperties(form).publicKey())
                    .contains((java.security.interfaces.RSAPublicKey) KEYS.getPublic());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense!", "bm9uc2Vuc2U=", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"})
    void aKeyThatIsNoneStopsTheStart(String key) {
        assertThatThrownBy(() -> new WixWebhookProperties(key))
                .isInstanceOf(InvalidConfigurationPropertyValueException.class)
                .hasMessageContaining("KONTOR_WIX_WEBHOOK_KEY");
    }

    private Reading read(String body) {
        return push.read(request(body));
    }

    private static Push.Request request(String body) {
        return new Push.Request(Map.of(), body.getBytes(UTF_8), NOW);
    }

    private static JWTClaimsSet genuineClaims() {
        return claims(envelope("wix.ecom.v1.order_updated", text(updated(Map.of()))));
    }

    private static JWTClaimsSet claims(Map<String, Object> envelope) {
        return claims(envelope, NOW.minusSeconds(1));
    }

    private static JWTClaimsSet claims(Map<String, Object> envelope, Instant issuedAt) {
        return new JWTClaimsSet.Builder()
                .issuer("wix.com")
                .audience(APP)
                .issueTime(Date.from(issuedAt))
                .expirationTime(Date.from(issuedAt.plusSeconds(300)))
                .claim("data", text(envelope))
                .build();
    }

    private static Map<String, Object> envelope(String type, Object data) {
        return Map.of("eventType", type, "instanceId", SITE, "data", data, "identity", "{\"identityType\":\"APP\"}");
    }

    private static Map<String, Object> updated(Map<String, Object> more) {
        var event = new TreeMap<String, Object>(Map.of(
                "id", "event-1",
                "entityFqdn", "wix.ecom.v1.order",
                "slug", "updated",
                "entityId", ORDER,
                "eventTime", "2026-11-02T10:15:05.1Z",
                "updatedEvent",
                        Map.of(
                                "currentEntity",
                                Map.of("id", ORDER, "status", "APPROVED", "updatedDate", "2026-11-02T10:15:04.870Z")),
                "entityEventSequence", "7"));
        event.putAll(more);
        return event;
    }

    private static String text(Object value) {
        return JSON.writeValueAsString(value);
    }

    private static String signed(JWTClaimsSet claims) {
        try {
            return signed(claims, JWSAlgorithm.RS256, new RSASSASigner(KEYS.getPrivate()));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Of claims that no library would write. */
    private static String signed(Map<String, Object> claims) {
        try {
            var token = new JWSObject(new JWSHeader(JWSAlgorithm.RS256), new Payload(claims));
            token.sign(new RSASSASigner(KEYS.getPrivate()));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String signed(JWTClaimsSet claims, JWSAlgorithm algorithm, JWSSigner signer) throws JOSEException {
        var token = new SignedJWT(new JWSHeader(algorithm), claims);
        token.sign(signer);
        return token.serialize();
    }

    private static Reading.Genuine genuine(Reading reading) {
        assertThat(reading).isInstanceOf(Reading.Genuine.class);
        return (Reading.Genuine) reading;
    }

    private static Hint hint(Reading reading) {
        return genuine(reading).hints().getFirst();
    }

    private static Cause cause(Reading reading) {
        assertThat(reading).isInstanceOf(Reading.Refused.class);
        return ((Reading.Refused) reading).cause();
    }

    private static KeyPair keys() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(KeyPair keys) {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(keys.getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }
}
